import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { decimalsOf } from "@/lib/units/format";

/** By page (its live store), then by point: the widest number of decimals that was shown of it. */
const widest = new WeakMap<object, Map<string, number>>();

/**
 * The decimals that a figure keeps: the most that its point had since the page was opened. 101.1, 101, 101.2 would jump to and fro, and
 * a jumping figure looks like news. Undefined where the registration says how many.
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
