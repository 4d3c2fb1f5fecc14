import type { NumberColumns } from "./block";
import { ByteReader, ByteWriter } from "./bytes";
import { readNumbers, readTimes, writeNumbers, writeTimes } from "./columnCodec";

/** Buckets of one length that hold readings, in ascending order; row i of each column belongs together. */
export interface Rollup {
  /** The start of the bucket divided by its length. */
  bucket: Float64Array;
  count: Float64Array;
  min: Float64Array;
  max: Float64Array;
  sum: Float64Array;
  last: Float64Array;
  /** When the last one was, epoch ms: a late reading must not become the last. */
  lastAt: Float64Array;
}

const COLUMNS = ["bucket", "count", "min", "max", "sum", "last", "lastAt"] as const;

export function emptyRollup(length: number): Rollup {
  const column = () => new Float64Array(length);
  return {
    bucket: column(),
    count: column(),
    min: column(),
    max: column(),
    sum: column(),
    last: column(),
    lastAt: column(),
  };
}

function cutTo(rollup: Rollup, from: number, to: number): Rollup {
  const cut = {} as Rollup;
  for (const name of COLUMNS) cut[name] = rollup[name].subarray(from, to);
  return cut;
}

/** Readings in ascending order as buckets of `length` milliseconds. */
export function rollUp({ t, value }: NumberColumns, length: number): Rollup {
  const rollup = emptyRollup(t.length);
  let row = -1;
  for (let i = 0; i < t.length; i++) {
    const at = t[i] as number;
    const number = value[i] as number;
    const bucket = Math.floor(at / length);
    if (row < 0 || rollup.bucket[row] !== bucket) {
      row++;
      rollup.bucket[row] = bucket;
      rollup.min[row] = number;
      rollup.max[row] = number;
    } else {
      if (number < (rollup.min[row] as number)) rollup.min[row] = number;
      if (number > (rollup.max[row] as number)) rollup.max[row] = number;
    }
    rollup.count[row] = (rollup.count[row] as number) + 1;
    rollup.sum[row] = (rollup.sum[row] as number) + number;
    rollup.last[row] = number;
    rollup.lastAt[row] = at;
  }
  return cutTo(rollup, 0, row + 1);
}

/** Both together, as if all readings of `b` had come after those of `a`. */
export function mergeRollups(a: Rollup, b: Rollup): Rollup {
  if (a.bucket.length === 0) return b;
  if (b.bucket.length === 0) return a;
  const merged = emptyRollup(a.bucket.length + b.bucket.length);
  let to = 0;
  for (let i = 0, j = 0; i < a.bucket.length || j < b.bucket.length; to++) {
    const bucketA = i < a.bucket.length ? (a.bucket[i] as number) : Number.POSITIVE_INFINITY;
    const bucketB = j < b.bucket.length ? (b.bucket[j] as number) : Number.POSITIVE_INFINITY;
    if (bucketA <= bucketB) copyRow(a, i++, merged, to);
    if (bucketB < bucketA) copyRow(b, j++, merged, to);
    else if (bucketA === bucketB) addRow(b, j++, merged, to);
  }
  return cutTo(merged, 0, to);
}

function copyRow(from: Rollup, row: number, into: Rollup, at: number): void {
  for (const name of COLUMNS) into[name][at] = from[name][row] as number;
}

function addRow(from: Rollup, row: number, into: Rollup, at: number): void {
  into.count[at] = (into.count[at] as number) + (from.count[row] as number);
  into.sum[at] = (into.sum[at] as number) + (from.sum[row] as number);
  into.min[at] = Math.min(into.min[at] as number, from.min[row] as number);
  into.max[at] = Math.max(into.max[at] as number, from.max[row] as number);
  if ((from.lastAt[row] as number) < (into.lastAt[at] as number)) return;
  into.last[at] = from.last[row] as number;
  into.lastAt[at] = from.lastAt[row] as number;
}

/** The rows of buckets in [from, to). */
export function sliceRollup(rollup: Rollup, from: number, to: number): Rollup {
  let start = 0;
  while (start < rollup.bucket.length && (rollup.bucket[start] as number) < from) start++;
  let end = start;
  while (end < rollup.bucket.length && (rollup.bucket[end] as number) < to) end++;
  return cutTo(rollup, start, end);
}

/** Twelve digits: what doubles add up has noise behind them, which costs eight bytes a sum and means nothing. */
const tidy = (sum: number): number => Number(sum.toPrecision(12));

/** Buckets of `length` milliseconds as bytes. Sums are kept to twelve digits, all else exactly. */
export function writeRollup(rollup: Rollup, length: number): Uint8Array {
  const out = new ByteWriter();
  out.whole(rollup.bucket.length);
  writeTimes(out, rollup.bucket);
  for (const count of rollup.count) out.whole(count);
  writeNumbers(out, rollup.min);
  writeNumbers(out, rollup.max);
  writeNumbers(out, rollup.sum.map(tidy));
  writeNumbers(out, rollup.last);
  for (const [row, at] of rollup.lastAt.entries()) out.whole(at - (rollup.bucket[row] as number) * length);
  return out.take();
}

export function readRollup(bytes: Uint8Array, length: number): Rollup {
  const from = new ByteReader(bytes);
  const rows = from.whole();
  const bucket = readTimes(from, rows);
  const count = Float64Array.from({ length: rows }, () => from.whole());
  const min = readNumbers(from, rows);
  const max = readNumbers(from, rows);
  const sum = readNumbers(from, rows);
  const last = readNumbers(from, rows);
  const lastAt = Float64Array.from(bucket, (at) => at * length + from.whole());
  return { bucket, count, min, max, sum, last, lastAt };
}
