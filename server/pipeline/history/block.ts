import { ByteReader, ByteWriter } from "./bytes";
import { readNumbers, readTimes, writeNumbers, writeTimes } from "./columnCodec";

/** Numbers of one point, oldest first; those of one millisecond in the order they came. */
export interface NumberColumns {
  t: Float64Array;
  value: Float64Array;
}

/** Numbers as bytes that compress well. `readBlock` gives the very same numbers back. */
export function writeBlock({ t, value }: NumberColumns): Uint8Array {
  const out = new ByteWriter();
  out.whole(t.length);
  writeTimes(out, t);
  writeNumbers(out, value);
  return out.take();
}

export function readBlock(bytes: Uint8Array): NumberColumns {
  const from = new ByteReader(bytes);
  const count = from.whole();
  return { t: readTimes(from, count), value: readNumbers(from, count) };
}

/** Merges by time; of one millisecond, what stands in `a` comes first. */
export function mergeColumns(a: NumberColumns, b: NumberColumns): NumberColumns {
  const length = a.t.length + b.t.length;
  const t = new Float64Array(length);
  const value = new Float64Array(length);
  for (let to = 0, i = 0, j = 0; to < length; to++) {
    const takeA = j >= b.t.length || (i < a.t.length && (a.t[i] as number) <= (b.t[j] as number));
    const source = takeA ? a : b;
    const at = takeA ? i++ : j++;
    t[to] = source.t[at] as number;
    value[to] = source.value[at] as number;
  }
  return { t, value };
}

/** How many readings a block holds at most, and how long it may be: it is read whole for each of them. */
export const BLOCK = { readings: 2048, spanMs: 7 * 24 * 3_600_000 };

/**
 * Where a block that begins at row `start` ends (the row behind its last), with at most `count` readings; never between readings of
 * one millisecond, however many: so no two blocks of a point overlap.
 */
export function blockEnd(t: ArrayLike<number>, start: number, count: number): number {
  let end = Math.min(t.length, start + Math.max(1, count));
  const latest = (t[start] as number) + BLOCK.spanMs;
  if ((t[end - 1] as number) > latest) end = firstAbove(t, latest, start, end);
  if (end === t.length || t[end] !== t[end - 1]) return end;
  const same = t[end] as number;
  let first = end;
  while (first > start && t[first - 1] === same) first--;
  if (first > start) return first;
  while (end < t.length && t[end] === same) end++;
  return end;
}

/** The first row in [low, high) whose time is above the limit. */
function firstAbove(t: ArrayLike<number>, limit: number, low: number, high: number): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((t[middle] as number) > limit) to = middle;
    else from = middle + 1;
  }
  return from;
}
