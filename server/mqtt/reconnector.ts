import type { IConnackPacket } from "mqtt";
import type { Broker, ShortConnections } from "../../lib/broker";
import type { Cancel, Clock } from "../ports";
import { type Down, type Link, type LinkAttempt, type LinkEvents, openLink } from "./link";
import { createMembers } from "./members";
import { clientIdFor, type Protocol } from "./options";
import { moveDelay, reconnectDelay } from "./reconnectPolicy";
import { createShortConnections, explainShort, ROW } from "./shortConnections";

/** Keeps one connection to a broker: dials its addresses in turn, falls back from MQTT 5 to 3.1.1, dials again by the policy. */
export interface Reconnector {
  /** The connection while it stands. */
  link(): Link | undefined;
  stop(): Promise<void>;
}

/** Times in ms; `random` in [0, 1). */
export interface LinkSettings {
  clock: Clock;
  random: () => number;
  keepaliveMs: number;
  connectTimeoutMs: number;
}

export interface ReconnectorParts extends LinkSettings {
  broker: Broker;
  part: "" | "command";
  /** The address that is tried first; absent: the first one. */
  first?: string | undefined;
  /** Only this version, known to work; absent: 5, then 3.1.1 where 5 is refused. */
  protocol?: Protocol;
  onUp(link: Link, connack: IConnackPacket): void;
  /** `short`: the row of short connections that this one ends, once there is a row. */
  onDown(down: Down, short?: ShortConnections): void;
  onMessage?: LinkEvents["onMessage"];
  pace?: LinkEvents["pace"];
}

type State =
  | { at: "waiting"; cancel: Cancel }
  | { at: "dialling"; attempt: LinkAttempt }
  | { at: "up"; attempt: LinkAttempt; link: Link; upAt: number }
  | { at: "stopped" };

export function createReconnector(parts: ReconnectorParts): Reconnector {
  const { clock, random } = parts;
  const clientId = clientIdFor(parts.broker, parts.part);
  const members = createMembers(parts);
  let state: State = { at: "waiting", cancel: () => {} };
  let failures = 0;
  const shorts = createShortConnections();

  const wait = (ms: number): void => {
    state = { at: "waiting", cancel: clock.after(ms, dial) };
  };

  /** Another address, at once, unless it was asked a moment ago. */
  const move = (): void => wait(Math.max(moveDelay(random()), members.restMs(clock.monotonic())));

  /** The attempt failed; told when no other address is left to try. */
  const failed = (down: Down): void => {
    const next = members.failed(down, clock.monotonic());
    if (next.do === "again") {
      dial();
      return;
    }
    if (next.do === "other") {
      move();
      return;
    }
    shorts.failed();
    wait(reconnectDelay(++failures, next.fault.fault, random()));
    parts.onDown({ ...down, ...next.fault });
  };

  /** The standing connection ended: told at once. */
  const lost = (down: Down, lastedMs: number): void => {
    const row = shorts.ended(lastedMs, clock.now(), down.takenOver === true);
    const next = members.lost(down, clock.monotonic());
    if (next.do === "other" && shorts.failures() === 0) move();
    else wait(reconnectDelay(shorts.failures(), down.fault, random()));
    if (row && row.times >= ROW) parts.onDown({ ...down, ...explainShort(down, parts.broker) }, row);
    else parts.onDown(down);
  };

  const dial = (): void => {
    members.dialled(clock.monotonic());
    const attempt = openLink(
      { ...parts, broker: members.current(), clientId, protocol: members.protocol() },
      {
        onMessage: parts.onMessage,
        pace: parts.pace,
        onUp: (link, connack) => {
          if (state.at === "stopped") return;
          state = { at: "up", attempt, link, upAt: clock.monotonic() };
          failures = 0;
          members.connected();
          parts.onUp(link, connack);
        },
        onDown: (down) => {
          if (state.at === "stopped") return;
          if (state.at === "up") lost(down, clock.monotonic() - state.upAt);
          else failed(down);
        },
      },
    );
    state = { at: "dialling", attempt };
  };
  dial();

  return {
    link: () => (state.at === "up" ? state.link : undefined),
    async stop() {
      const last = state;
      state = { at: "stopped" };
      if (last.at === "waiting") last.cancel();
      else if (last.at !== "stopped") await last.attempt.close();
    },
  };
}
