import type { TimeRange } from "./span";

/** The address of a file with every reading of a time range. */
export function exportPath(points: readonly string[], { from, to }: TimeRange, format: "csv" | "jsonl"): string {
  const query = new URLSearchParams();
  for (const point of points) query.append("points", point);
  query.set("from", String(Math.floor(from)));
  query.set("to", String(Math.ceil(to)));
  query.set("format", format);
  return `/api/v1/history/export?${query}`;
}
