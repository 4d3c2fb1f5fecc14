import { worstBreach } from "./breach";
import type { PointCommand } from "./point";
import type { Freshness, PointStatus, Value } from "./reading";
import type { Threshold } from "./thresholds";

/** What a page's line of states counts and filters by. An alarm is counted by its level, so that each point is counted once. */
export const STATE_KEYS = ["live", "warning", "critical", "stale", "offline", "unknown", "without state"] as const;
export type StateKey = (typeof STATE_KEYS)[number];
export type Counts = Record<StateKey, number>;

export const noCounts = (): Counts => Object.fromEntries(STATE_KEYS.map((key) => [key, 0])) as Counts;

interface Present {
  info: {
    thresholds?: readonly Threshold[] | undefined;
    command?: Pick<PointCommand, "assumed"> | undefined;
  };
  value: Value;
  at: number | null;
  status: PointStatus;
}

/** How far the value can be trusted: never seen, and a value that the device itself calls unknown, are `unknown`. */
export function freshnessOf({ value, at, status }: Omit<Present, "info">): Freshness {
  if (status.freshness === "offline") return "offline";
  if (at === null) return "unknown";
  return status.freshness === "live" && value === null ? "unknown" : status.freshness;
}

/** The state of a point by itself, with the connection to its reader taken as whole. */
export function stateKeyOf(point: Present): StateKey {
  const fresh = freshnessOf(point);
  // An actuator that never reports. It is counted all the same, so that the line of states adds up to the page.
  if (fresh === "unknown" && point.at === null && point.info.command?.assumed) return "without state";
  return fresh === "live" ? (worstBreach(point.value, point.info.thresholds)?.level ?? "live") : fresh;
}
