import { type Breach, worstBreach } from "@/lib/breach";
import type { Command } from "@/lib/command";
import { isInFlight, isUnsettled } from "@/lib/inFlight";
import type { PointInfo } from "@/lib/point";
import { freshnessOf } from "@/lib/pointState";
import type { PointStatus, Value } from "@/lib/reading";
import type { Said } from "@/lib/texts/said";
import type { Level } from "@/lib/thresholds";
import type { TelltaleState } from "./Telltale";

/** What `data-state` says on a tile: docs/design.md, “What a tile promises”. */
export type DataState = "live" | "stale" | "offline" | "unknown" | "alarm";

/** How the page stands to its server: while it is not `live`, every value shown is only the last known one. */
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

/** What matters now, for the foot's left. Times stand apart: they are written in the reader's own zone, by the reader's browser. */
export type Note =
  | { kind: "offline"; since: number; reason: Said | undefined }
  /** The broker of many tiles: its own light and details say why. */
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
 * What a tile may claim right now. Freshness comes before the value: an alarm on a value that nobody vouches for any more
 * is told as stale or offline, never as an alarm of now. The light shows a waiting or unconfirmed command before all but an alarm.
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
 * One state for several points that are one thing: that of the main one, but offline where any of them is. The light tells of a
 * command to any of them.
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
  // What nobody vouches for any more; what was never seen stays unknown.
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
