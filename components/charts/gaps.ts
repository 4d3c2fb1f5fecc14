import type { Columns } from "./columns";

/** As for the sparkline: five missed readings, and half a minute, are a gap. */
const MISSED = 5;
const LEAST_MS = 30_000;
/** Buckets with as many readings as this each would not stay empty by chance. */
const DENSE = 4;
const FEW = 5;

/**
 * The steady interval between readings as the readings themselves show it, in ms; undefined for a point that speaks when it likes.
 * Nine of ten intervals are at most twice the usual one: gaps, being few, do not hide a pace.
 */
export function paceOf(t: readonly number[]): number | undefined {
  if (t.length < FEW) return undefined;
  const intervals = t
    .slice(1)
    .map((at, i) => at - (t[i] as number))
    .sort((a, b) => a - b);
  const usual = intervals[intervals.length >> 1] as number;
  const slow = intervals[Math.floor(intervals.length * 0.9)] as number;
  return usual > 0 && slow <= usual * 2 ? usual : undefined;
}

/**
 * From how long a silence on nothing is known, in ms. Undefined: the point speaks only on change, and what it said holds until it
 * says something else. `every` is the pace that the server knows now; the readings of the span come first, they may have had another.
 */
export function gapLimit(columns: Columns, every: number | undefined): number | undefined {
  const pace = paceOf(columns.t);
  if (columns.tier === "raw") {
    const steady = pace ?? every;
    return steady === undefined ? undefined : Math.max(LEAST_MS, steady * MISSED);
  }
  if (columns.t.length === 0) return undefined;
  const readings = columns.count.reduce((sum, n) => sum + n, 0) / columns.count.length;
  if (readings >= DENSE) return columns.step * 1.5;
  const steady = pace ?? every;
  return steady === undefined ? undefined : Math.max(LEAST_MS, steady * MISSED, columns.step * 1.5);
}
