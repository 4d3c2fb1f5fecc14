import type { IConnackPacket } from "mqtt";
import type { Broker, ShortConnections } from "../../lib/broker";
import type { Cancel, Clock } from "../ports";
import { type Down, type Link, type LinkAttempt, type LinkEvents, openLink } from "./link";
import { clientIdFor, type Protocol } from "./options";
import { reconnectDelay } from "./reconnectPolicy";
import { createShortConnections, explainShort, ROW } from "./shortConnections";

/** Keeps one connection to a broker: dials, falls back from MQTT 5 to 3.1.1, dials again by the policy. */
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
  const clientId = clientIdFor(parts.broker, parts.part);
  let state: State = { at: "waiting", cancel: () => {} };
  let failures = 0;
  const shorts = createShortConnections();
  /** What the next attempt speaks. */
  let protocol: Protocol = parts.protocol ?? "5";
  let only311 = false;

  /**
   * A broker that answers with "unsupported protocol version" is connected with 3.1.1 from then on. One that only closes the connection is
   * tried with 5 again after each 3.1.1 connection, since a restart looks the same.
   */
  const choose = (tried: Protocol, down: Down): Protocol => {
    if (parts.protocol !== undefined) return parts.protocol;
    if (down.refused5 === "said") only311 = true;
    if (only311 || (tried === "5" && down.refused5 === "maybe")) return "3.1.1";
    return "5";
  };

  const dial = (): void => {
    const tried = protocol;
    const attempt = openLink(
      { ...parts, clientId, protocol: tried },
      {
        onMessage: parts.onMessage,
        pace: parts.pace,
        onUp: (link, connack) => {
          if (state.at === "stopped") return;
          state = { at: "up", attempt, link, upAt: parts.clock.monotonic() };
          failures = 0;
          parts.onUp(link, connack);
        },
        onDown: (down) => {
          if (state.at === "stopped") return;
          const lastedMs = state.at === "up" ? parts.clock.monotonic() - state.upAt : undefined;
          protocol = choose(tried, down);
          if (tried === "5" && down.refused5 === "said" && protocol === "3.1.1") return dial();
          const row =
            lastedMs === undefined
              ? shorts.failed()
              : shorts.ended(lastedMs, parts.clock.now(), down.takenOver === true);
          const failed = lastedMs === undefined ? ++failures : shorts.failures();
          const delay = reconnectDelay(failed, down.fault, parts.random());
          state = { at: "waiting", cancel: parts.clock.after(delay, dial) };
          if (row && row.times >= ROW) parts.onDown({ ...down, ...explainShort(down, parts.broker) }, row);
          else parts.onDown(down);
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
