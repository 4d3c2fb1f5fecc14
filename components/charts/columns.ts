import type { Value } from "@/lib/reading";
import { gapBetween, type RecordingGap } from "@/lib/recordingGap";

/** The last reading before the span, from which a line or state continues into the span. */
export type Before = { t: number; value: Value } | null;

/** When readings may be missing, and why. */
type Gaps = readonly RecordingGap[] | undefined;

export interface RawColumns {
  tier: "raw";
  t: readonly number[];
  value: readonly Value[];
  before: Before;
  gaps?: Gaps;
}

/** `t` is the start of each bucket of `step` ms; buckets without readings are omitted. */
export interface BucketColumns {
  tier: "1m" | "15m" | "6h" | "bucket";
  step: number;
  t: readonly number[];
  min: readonly number[];
  max: readonly number[];
  mean: readonly number[];
  count: readonly number[];
  before: Before;
  /** When the newest reading in them was received or measured, where that is known. */
  newest?: number | undefined;
  gaps?: Gaps;
}

export type Columns = RawColumns | BucketColumns;

export const NO_COLUMNS: RawColumns = { tier: "raw", t: [], value: [], before: null };

/** The first index at or after `at` in ascending times. */
export function lowerBound(t: readonly number[], at: number): number {
  let low = 0;
  let high = t.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((t[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The value at a time: that of the newest reading until then, or null, also where a later one may be missing. For buckets it is the mean. */
export function valueAt(columns: Columns, at: number): Value {
  const i = lowerBound(columns.t, at + 1) - 1;
  const since = columns.t[i] ?? columns.before?.t;
  if (columns.gaps && since !== undefined && gapBetween(columns.gaps, since, at)) return null;
  if (i >= 0) return (columns.tier === "raw" ? columns.value[i] : columns.mean[i]) ?? null;
  return columns.before?.value ?? null;
}
