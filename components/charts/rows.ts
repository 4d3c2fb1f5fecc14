import type { Value } from "@/lib/reading";
import { type Columns, lowerBound } from "./columns";
import type { TimeRange } from "./span";

/** One row of the chart's table: the value of each line at that moment, or undefined. */
export interface Row {
  at: number;
  cells: readonly ({ value: Value; min?: number; max?: number } | undefined)[];
}

/** The chart's data as rows, newest first, at most `most`; `more` is the number of omitted rows. */
export function rowsOf(
  lines: readonly (Columns | undefined)[],
  { from, to }: TimeRange,
  most: number,
): { rows: Row[]; more: number } {
  const times = new Set<number>();
  for (const line of lines) for (const t of line?.t ?? []) if (t >= from && t < to) times.add(t);
  const sorted = [...times].sort((a, b) => b - a);
  const rows = sorted.slice(0, most).map((at) => ({ at, cells: lines.map((line) => line && cellAt(line, at)) }));
  return { rows, more: sorted.length - rows.length };
}

function cellAt(columns: Columns, at: number): Row["cells"][number] {
  const i = lowerBound(columns.t, at);
  if (columns.t[i] !== at) return undefined;
  if (columns.tier === "raw") return { value: columns.value[i] ?? null };
  return { value: columns.mean[i] ?? null, min: columns.min[i], max: columns.max[i] };
}
