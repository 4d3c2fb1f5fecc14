import { type Counts, noCounts, STATE_KEYS, type StateKey } from "@/lib/pointState";
import type { TileState } from "./tileState";

export const stateKey = ({ state, level }: Pick<TileState, "state" | "level">): StateKey =>
  state === "alarm" ? (level ?? "warning") : state;

export function countStates(states: Iterable<Pick<TileState, "state" | "level">>): Counts {
  const counts = noCounts();
  for (const state of states) counts[stateKey(state)]++;
  return counts;
}

/** What is counted on the line: live always, the rest where there is any. */
export const shownKeys = (counts: Counts): StateKey[] => STATE_KEYS.filter((key) => key === "live" || counts[key] > 0);
