import { type Breach, worstBreach } from "@/lib/breach";
import type { Command } from "@/lib/command";
import { isInFlight, isUnsettled } from "@/lib/inFlight";
import type { PointInfo } from "@/lib/point";
import { freshnessOf } from "@/lib/pointState";
import type { PointStatus, Value } from "@/lib/reading";
import type { Said } from "@/lib/texts/said";
import type { Level } from "@/lib/thresholds";
import type { TelltaleState } from "./Telltale";

/** The values of a tile's `data-state`: docs/design.md, “What a tile promises”. */
export type DataState = "live" | "stale" | "offline" | "unknown" | "alarm";

/** The page's connection to its server: while it is not `live`, every value is only the last known one. */
export type Link = "live" | "connecting" | "lost";

export interface TileInput {
  point: Pick<PointInfo, "thresholds" | "command">;
  value: Value;
  /** Epoch ms; null: never seen. */
  at: number | null;
  status: PointStatus;
  command?: Command | null | undefined;
  /** The name of the point's broker, where the page knows it. */
  broker?: string | undefined;
}

/** What matters most now, shown at the left of the foot. Times are formatted later, in the browser, which knows the reader's zone. */
export type Note =
  | { kind: "offline"; since: number; reason: Said | undefined }
  /** The reason is shown by the broker's own light and details, since many tiles have the same broker. */
  | { kind: "broker-offline"; since: number; broker: string }
  | { kind: "disconnected" }
  | { kind: "silent"; since: number; unreadable?: Said | undefined }
  | { kind: "stale"; reason: Said | undefined }
  | { kind: "retained" }
  | { kind: "never"; reason: Said | undefined }
  | { kind: "breach"; breach: Breach }
  | { kind: "unreadable"; message: Said; count: number }
  | { kind: "device-unknown" }
  | { kind: "no-state" };

export interface TileState {
  state: DataState;
  level: Level | undefined;
  light: TelltaleState;
  note: Note | undefined;
}

/**
 * The state that a tile shows. Freshness takes precedence over the value: a breach of a value that is out of date is shown as stale or
 * offline, never as a current alarm. On the light, a waiting or unconfirmed command takes precedence over all but a critical alarm.
 */
export function tileState({ point, value, at, status, command, broker }: TileInput, link: Link): TileState {
  const fresh = freshness({ status, at, value }, link);
  const breach = fresh === "live" ? worstBreach(value, point.thresholds) : undefined;
  const state: DataState = breach ? "alarm" : fresh;
  return {
    state,
    level: breach?.level,
    light: lightOf(
      state,
      breach?.level,
      command && (isInFlight(command) || isUnsettled(command)) ? command : undefined,
    ),
    note:
      fresh === "unknown" && point.command?.assumed
        ? { kind: "no-state" }
        : noteOf(fresh, { at, status, broker }, breach, link),
  };
}

/**
 * The state of a whole: that of its main point, but offline if any of its points is. The light shows a command to any of them.
 */
export function wholeState(main: TileState, others: readonly TileState[]): TileState {
  const gone = [main, ...others].find(({ state }) => state === "offline");
  const { state, level, light, note } = gone ?? main;
  if (light === "critical") return gone ?? main;
  const all = [main, ...others].map((one) => one.light);
  const open = (["waiting", "unconfirmed"] as const).find((one) => all.includes(one));
  return { state, level, note, light: open ?? light };
}

function freshness(input: Pick<TileInput, "status" | "at" | "value">, link: Link): Exclude<DataState, "alarm"> {
  // Without a connection a live value becomes stale; one that was never seen stays unknown.
  if (input.at !== null && input.status.freshness === "live" && link === "lost") return "stale";
  return freshnessOf(input);
}

function lightOf(state: DataState, level: Level | undefined, command: Command | undefined): TelltaleState {
  if (level === "critical") return "critical";
  if (command) return isInFlight(command) ? "waiting" : "unconfirmed";
  return level ?? (state === "alarm" ? "warning" : state);
}

function noteOf(
  fresh: Exclude<DataState, "alarm">,
  { at, status, broker }: Pick<TileInput, "at" | "status" | "broker">,
  breach: Breach | undefined,
  link: Link,
): Note | undefined {
  const { reject } = status;
  const unreadable =
    reject && reject.at > (at ?? 0)
      ? { kind: "unreadable" as const, message: reject.message, count: reject.count }
      : undefined;
  switch (fresh) {
    case "offline":
      return broker !== undefined && isOfBroker(status.reason, broker)
        ? { kind: "broker-offline", since: status.since, broker }
        : { kind: "offline", since: status.since, reason: status.reason };
    case "unknown":
      if (at !== null) return { kind: "device-unknown" };
      return unreadable ?? { kind: "never", reason: status.reason };
    case "stale":
      if (status.freshness === "live" && link === "lost") return { kind: "disconnected" };
      if (status.retained) return { kind: "retained" };
      if (at === null) return unreadable ?? { kind: "stale", reason: status.reason };
      return { kind: "silent", since: at, unreadable: unreadable?.message };
    case "live":
      if (breach) return { kind: "breach", breach };
      if (unreadable) return unreadable;
      return status.retained ? { kind: "retained" } : undefined;
  }
}

const isOfBroker = (reason: Said | undefined, broker: string): boolean =>
  typeof reason === "object" && reason.code === "status.broker" && reason.args?.broker === broker;
