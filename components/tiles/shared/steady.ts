import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { decimalsOf } from "@/lib/units/format";

/** The most decimals shown, by page (its live store) and point. */
const widest = new WeakMap<object, Map<string, number>>();

/**
 * The number of decimals of a figure: the most that its point has had since the page was opened. Otherwise 101.1, 101, 101.2 would jump
 * in width, which looks like news. Undefined if the registration sets the precision.
 */
export function keptDecimals(
  page: object,
  { id, precision }: Pick<PointInfo, "id" | "precision">,
  value: Value | undefined,
): number | undefined {
  if (precision !== undefined) return undefined;
  let points = widest.get(page);
  if (!points) {
    points = new Map();
    widest.set(page, points);
  }
  const before = points.get(id) ?? 0;
  const decimals = typeof value === "number" ? decimalsOf(value) : 0;
  if (decimals <= before) return before;
  points.set(id, decimals);
  return decimals;
}
