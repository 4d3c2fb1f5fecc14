import type { Value } from "@/lib/reading";
import { type BucketColumns, type Columns, lowerBound, type RawColumns } from "./columns";
import { bucketOf, startOf, toColumns, widen } from "./envelope";

export interface TailReading {
  at: number;
  value: Value;
}

/**
 * Appends new readings to history. Nothing counts twice: in raw columns a reading replaces one of the same time, and a reading of an
 * earlier bucket is left to the server's next answer. Returns the same object if nothing is new.
 */
export function withTail(columns: Columns, readings: readonly TailReading[]): Columns {
  if (readings.length === 0) return columns;
  return columns.tier === "raw" ? rawTail(columns, readings) : bucketTail(columns, readings);
}

function rawTail(columns: RawColumns, readings: readonly TailReading[]): RawColumns {
  const t = [...columns.t];
  const value = [...columns.value];
  for (const reading of readings) {
    const newest = t.at(-1);
    if (newest === undefined || reading.at > newest) {
      t.push(reading.at);
      value.push(reading.value);
      continue;
    }
    // With device times, readings may arrive out of order.
    const i = lowerBound(t, reading.at);
    const known = t[i] === reading.at ? 1 : 0;
    t.splice(i, known, reading.at);
    value.splice(i, known, reading.value);
  }
  return { ...columns, t, value };
}

function bucketTail(columns: BucketColumns, readings: readonly TailReading[]): BucketColumns {
  const { step } = columns;
  let last = lastBucket(columns);
  const closed = [];
  let changed = false;
  for (const { at, value } of readings) {
    if (typeof value !== "number") continue;
    const start = startOf(at, step);
    if (last && start < last.t) continue;
    changed = true;
    if (last && start === last.t) {
      last = widen(last, value);
      continue;
    }
    if (last) closed.push(last);
    last = bucketOf(at, step, value);
  }
  if (!changed || !last) return columns;
  const added = toColumns([...closed, last], step, null);
  const kept = Math.max(0, columns.t.length - 1);
  return {
    ...columns,
    t: [...columns.t.slice(0, kept), ...added.t],
    min: [...columns.min.slice(0, kept), ...added.min],
    max: [...columns.max.slice(0, kept), ...added.max],
    mean: [...columns.mean.slice(0, kept), ...added.mean],
    count: [...columns.count.slice(0, kept), ...added.count],
  };
}

function lastBucket({ t, min, max, mean, count }: BucketColumns) {
  const i = t.length - 1;
  if (i < 0) return undefined;
  return {
    t: t[i] as number,
    min: min[i] as number,
    max: max[i] as number,
    mean: mean[i] as number,
    count: count[i] as number,
  };
}
