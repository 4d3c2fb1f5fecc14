import { gapBetween } from "@/lib/recordingGap";
import type { Columns } from "./columns";
import { type Shift, shiftAt } from "./zone";

/**
 * The data of the plot: ascending times, and columns of equal length. `undefined`: the line has no sample at that time, which belongs to
 * another line; `null`: nothing is known, and the line has a gap.
 */
export type Cell = number | null | undefined;
export interface Aligned {
  t: number[];
  columns: Cell[][];
}

/** One line on the plot. It has three columns: maximum, minimum, mean; raw readings have only the last one. */
export interface LineData {
  columns: Columns;
  /** The longest silence without a gap in the line; undefined: no gaps. */
  limit: number | undefined;
  /** How the times of a past span are shifted onto the current one. */
  shifts?: readonly Shift[];
  /** Until when the newest value is known to be valid, epoch ms; the line is extended to there. */
  knownUntil?: number | undefined;
}

export const PER_LINE = 3;

interface Sample {
  t: number;
  cells: readonly [Cell, Cell, Cell];
}
const NOTHING: Sample["cells"] = [null, null, null];

/** Merges the lines onto one time axis. Applies `shifts`, and adds samples for gaps and for the last value. */
export function align(lines: readonly LineData[]): Aligned {
  const all = lines.map(samplesOf);
  const times = new Set<number>();
  for (const samples of all) for (const sample of samples) times.add(sample.t);
  const t = [...times].sort((a, b) => a - b);
  const columns = lines.flatMap(() =>
    Array.from({ length: PER_LINE }, () => new Array<Cell>(t.length).fill(undefined)),
  );
  all.forEach((samples, line) => {
    let at = 0;
    for (const sample of samples) {
      while ((t[at] as number) < sample.t) at++;
      for (let c = 0; c < PER_LINE; c++) (columns[line * PER_LINE + c] as Cell[])[at] = sample.cells[c];
    }
  });
  return { t, columns };
}

function samplesOf({ columns, limit, shifts, knownUntil }: LineData): Sample[] {
  const samples: Sample[] = [];
  const { gaps = [] } = columns;
  let last: number | undefined;
  const push = (at: number, cells: Sample["cells"]): void => {
    const by = shifts ? shiftAt(shifts, at) : 0;
    // An hour that the other day does not have is omitted.
    if (by !== undefined) samples.push({ t: at + by, cells });
  };
  const put = (at: number, cells: Sample["cells"]): void => {
    if (last !== undefined) breakBetween(last, at);
    push(at, cells);
    last = at;
  };
  const breakBetween = (earlier: number, later: number): void => {
    const gap = gapBetween(gaps, earlier, later);
    if (limit !== undefined) {
      if (gap || later - earlier > limit) push(earlier + 1, NOTHING);
      return;
    }
    // The point reports only changes: its value is known until the gap begins.
    if (!gap) return;
    const value = samples.at(-1)?.cells[2];
    if (gap.from > earlier && typeof value === "number") push(gap.from, [undefined, undefined, value]);
    push(Math.max(earlier, gap.from) + 1, NOTHING);
  };
  const { before } = columns;
  if (before && typeof before.value === "number" && before.t < (columns.t[0] ?? Number.POSITIVE_INFINITY))
    put(before.t, [undefined, undefined, before.value]);
  for (let i = 0; i < columns.t.length; i++) put(columns.t[i] as number, cellsOf(columns, i));
  const newest = samples.at(-1);
  if (newest && last !== undefined && knownUntil !== undefined && knownUntil > last) {
    const value = newest.cells[2];
    if (gapBetween(gaps, last, knownUntil)) breakBetween(last, knownUntil);
    else if (typeof value === "number" && (limit === undefined || knownUntil - last <= limit))
      push(knownUntil, [undefined, undefined, value]);
  }
  return samples;
}

function cellsOf(columns: Columns, i: number): Sample["cells"] {
  if (columns.tier !== "raw") return [columns.max[i], columns.min[i], columns.mean[i]];
  const value = columns.value[i];
  // The device reported unknown: the line has a gap there, it does not fall to zero.
  return typeof value === "number" ? [undefined, undefined, value] : NOTHING;
}
