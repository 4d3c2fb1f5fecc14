import type { Value } from "@/lib/reading";
import { gapBetween } from "@/lib/recordingGap";
import type { Columns } from "./columns";

/** An interval with one state. `value` undefined: not known. "mixed": both, changing too fast to distinguish. */
export interface StateInterval {
  from: number;
  to: number;
  value: Value | undefined;
}

export interface Window {
  from: number;
  to: number;
  /** Until when the newest state is known to be valid, epoch ms: now, or when the last message arrived. */
  knownUntil: number;
  /** From `knownUntil` until here the state is unknown; after that is the future. */
  now: number;
  /** After a longer silence the state is unknown; undefined: a state is valid until the next one. */
  limit: number | undefined;
}

/**
 * The intervals of a state: neighbours with the same value are merged, silence and what follows on a recording gap are unknown, and the first
 * interval continues from before the window. Buckets (of a state that was stored as a number) are "mixed" if their mean is neither 0 nor 1.
 */
export function stateIntervals(columns: Columns, window: Window): StateInterval[] {
  const { from, to, knownUntil, limit, now } = window;
  const end = Math.min(to, knownUntil);
  const found: StateInterval[] = [];
  const push = (start: number, stop: number, value: Value | undefined): void => {
    const [a, b] = [Math.max(from, start), Math.min(to, stop)];
    if (b <= a) return;
    const last = found.at(-1);
    if (last && last.value === value && last.to === a) last.to = b;
    else found.push({ from: a, to: b, value });
  };
  const hold = (start: number, next: number, value: Value | undefined): void => {
    const gap = columns.gaps && gapBetween(columns.gaps, start, next);
    const known = limit === undefined ? next : Math.min(next, start + limit);
    const until = gap ? Math.min(known, Math.max(start, gap.from)) : known;
    push(start, until, value);
    push(until, next, undefined);
  };
  const { t, before } = columns;
  const first = t[0] ?? end;
  if (before) hold(before.t, first, before.value);
  else push(from, first, undefined);
  for (let i = 0; i < t.length; i++) hold(t[i] as number, t[i + 1] ?? end, stateOf(columns, i));
  push(Math.max(end, t.at(-1) ?? end), now, undefined);
  return found;
}

export const MIXED = "mixed";

function stateOf(columns: Columns, i: number): Value {
  if (columns.tier === "raw") return columns.value[i] ?? null;
  const mean = columns.mean[i] as number;
  return mean === 0 ? false : mean === 1 ? true : MIXED;
}

/** The total time of each value, longest first, without unknown intervals. */
export function sharesOf(intervals: readonly StateInterval[]): { value: Value; ms: number }[] {
  const sums = new Map<Value, number>();
  for (const { from, to, value } of intervals)
    if (value !== undefined) sums.set(value, (sums.get(value) ?? 0) + to - from);
  return [...sums].map(([value, ms]) => ({ value, ms })).sort((a, b) => b.ms - a.ms);
}
