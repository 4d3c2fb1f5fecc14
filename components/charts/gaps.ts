import type { Columns } from "./columns";

/** As in the sparkline: five missing readings and at least half a minute are a gap. */
const MISSED = 5;
const LEAST_MS = 30_000;
/** With this many readings per bucket, no bucket is empty by chance. */
const DENSE = 4;
const FEW = 5;

/**
 * The steady interval between readings, in ms; undefined for a point without one. Nine of ten intervals must be at most twice the median,
 * so a few gaps do not matter.
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
 * The longest silence that is not a gap, in ms. Undefined: the point reports only changes, so each value is valid until the next one.
 * `every` is the server's current pace; the pace of the span's own readings takes precedence.
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
