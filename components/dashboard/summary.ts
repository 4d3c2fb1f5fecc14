import type { TileState } from "./tileState";

/** What a page's line of states counts and filters by. An alarm is counted by its level, so that each tile is counted once. */
export const STATE_KEYS = ["live", "warning", "critical", "stale", "offline", "unknown"] as const;
export type StateKey = (typeof STATE_KEYS)[number];

export const stateKey = ({ state, level }: Pick<TileState, "state" | "level">): StateKey =>
  state === "alarm" ? (level ?? "warning") : state;

export type Counts = Record<StateKey, number>;

export function countStates(states: Iterable<Pick<TileState, "state" | "level">>): Counts {
  const counts: Counts = { live: 0, warning: 0, critical: 0, stale: 0, offline: 0, unknown: 0 };
  for (const state of states) counts[stateKey(state)]++;
  return counts;
}

/** What is counted on the line: live always, the rest where there is any. */
export const shownKeys = (counts: Counts): StateKey[] => STATE_KEYS.filter((key) => key === "live" || counts[key] > 0);
