import type { BucketColumns, Columns, RawColumns } from "./columns";
import { lowerBound } from "./columns";

interface Bucket {
  t: number;
  min: number;
  max: number;
  mean: number;
  count: number;
}

/** Adds one number to a bucket. Every reading has the same weight in the mean. */
export const widen = (bucket: Bucket, value: number): Bucket => ({
  t: bucket.t,
  min: Math.min(bucket.min, value),
  max: Math.max(bucket.max, value),
  mean: bucket.mean + (value - bucket.mean) / (bucket.count + 1),
  count: bucket.count + 1,
});

export const startOf = (at: number, step: number): number => Math.floor(at / step) * step;

export const bucketOf = (at: number, step: number, value: number): Bucket => ({
  t: startOf(at, step),
  min: value,
  max: value,
  mean: value,
  count: 1,
});

export function toColumns(buckets: readonly Bucket[], step: number, before: Columns["before"]): BucketColumns {
  return {
    tier: "bucket",
    step,
    t: buckets.map((b) => b.t),
    min: buckets.map((b) => b.min),
    max: buckets.map((b) => b.max),
    mean: buckets.map((b) => b.mean),
    count: buckets.map((b) => b.count),
    before,
  };
}

/**
 * Aggregates numbers to buckets of `step` ms, aligned to the epoch like the server's. A single spike stays in its bucket's extremes.
 * Values that are not numbers are omitted.
 */
export function toBuckets({ t, value, before, gaps }: RawColumns, step: number): BucketColumns {
  const buckets: Bucket[] = [];
  for (let i = 0; i < t.length; i++) {
    const v = value[i];
    if (typeof v !== "number") continue;
    const last = buckets.at(-1);
    const start = startOf(t[i] as number, step);
    if (last && last.t === start) buckets[buckets.length - 1] = widen(last, v);
    else buckets.push(bucketOf(t[i] as number, step, v));
  }
  return { ...toColumns(buckets, step, before), ...(gaps && { gaps }) };
}

export interface Extent {
  min: number;
  mean: number;
  max: number;
  count: number;
}

/**
 * Minimum, mean and maximum of the readings in [from, to); each reading counts once. Buckets count if they overlap it. Undefined if there
 * is no number.
 */
export function extentOf(columns: Columns, from: number, to: number): Extent | undefined {
  const first = lowerBound(columns.t, columns.tier === "raw" ? from : from - columns.step + 1);
  let found: Extent | undefined;
  for (let i = first; i < columns.t.length && (columns.t[i] as number) < to; i++) {
    const next = at(columns, i);
    if (next) found = found ? merge(found, next) : next;
  }
  return found;
}

function at(columns: Columns, i: number): Extent | undefined {
  if (columns.tier === "raw") {
    const v = columns.value[i];
    return typeof v === "number" ? { min: v, mean: v, max: v, count: 1 } : undefined;
  }
  const { min, mean, max, count } = columns;
  return {
    min: min[i] as number,
    mean: mean[i] as number,
    max: max[i] as number,
    count: count[i] as number,
  };
}

const merge = (a: Extent, b: Extent): Extent => ({
  min: Math.min(a.min, b.min),
  max: Math.max(a.max, b.max),
  count: a.count + b.count,
  mean: a.mean + (b.mean - a.mean) * (b.count / (a.count + b.count)),
});

/** Not those with which it is written (lib/units/format): all that the number has. */
const digitsBehindPoint = (value: number): number => Math.min(6, /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0);

/** Rounds a mean to one digit more than the extremes have. */
export function tidyMean({ min, mean, max }: Pick<Extent, "min" | "mean" | "max">): number {
  if (min === max) return min;
  const digits = Math.max(digitsBehindPoint(min), digitsBehindPoint(max)) + 1;
  return Math.abs(mean) >= 1e12 ? mean : Number(mean.toFixed(digits));
}
