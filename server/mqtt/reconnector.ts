import type { IConnackPacket } from "mqtt";
import type { Broker, ShortConnections } from "../../lib/broker";
import type { Cancel, Clock } from "../ports";
import { type Down, type Link, type LinkEvents, openLink } from "./link";
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

export function createReconnector(parts: ReconnectorParts): Reconnector {
  const clientId = clientIdFor(parts.broker, parts.part);
  let link: Link | undefined;
  let up = false;
  let upAt = 0;
  let failures = 0;
  const shorts = createShortConnections();
  let stopped = false;
  let cancelRetry: Cancel = () => {};
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
    link = openLink(
      { ...parts, clientId, protocol: tried },
      {
        onMessage: parts.onMessage,
        pace: parts.pace,
        onUp: (standing, connack) => {
          up = true;
          upAt = parts.clock.now();
          failures = 0;
          parts.onUp(standing, connack);
        },
        onDown: (down) => {
          up = false;
          link = undefined;
          if (stopped) return;
          protocol = choose(tried, down);
          if (tried === "5" && down.refused5 === "said" && protocol === "3.1.1") return dial();
          const now = parts.clock.now();
          const row = down.wasUp ? shorts.ended(now - upAt, now, down.takenOver === true) : shorts.failed();
          const delay = reconnectDelay(down.wasUp ? shorts.failures() : ++failures, down.fault, parts.random());
          cancelRetry = parts.clock.after(delay, dial);
          if (row && row.times >= ROW) parts.onDown({ ...down, ...explainShort(down, parts.broker) }, row);
          else parts.onDown(down);
        },
      },
    );
  };
  dial();

  return {
    link: () => (up ? link : undefined),
    async stop() {
      stopped = true;
      up = false;
      cancelRetry();
      await link?.close();
    },
  };
}
