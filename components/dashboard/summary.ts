import type { TileState } from "@/components/kit/tileState";
import { type Counts, noCounts, STATE_KEYS, type StateKey } from "@/lib/pointState";

type Counted = Pick<TileState, "state" | "level"> & Partial<Pick<TileState, "note">>;

export const stateKey = ({ state, level, note }: Counted): StateKey =>
  // not a text: a key
  note?.kind === "no-state" ? "without state" : state === "alarm" ? (level ?? "warning") : state;

export function countStates(states: Iterable<Counted>): Counts {
  const counts = noCounts();
  for (const state of states) counts[stateKey(state)]++;
  return counts;
}

/** The states on the summary line: live always, others if any point has them. */
export const shownKeys = (counts: Counts): StateKey[] => STATE_KEYS.filter((key) => key === "live" || counts[key] > 0);
