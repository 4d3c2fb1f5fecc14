import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { type Formatted, formatValue } from "@/lib/units/format";

export interface Words {
  on: string;
  off: string;
}

/** A value of a point as text and unit, with the words that a tile has for true and false. */
export const figureOf = (
  value: Value | undefined,
  point: Pick<PointInfo, "type" | "unit" | "precision">,
  locale: string,
  words?: Words,
): Formatted =>
  formatValue(value, { type: point.type, unit: point.unit, precision: point.precision, locale, words, unknown: "—" });

/** The same in one text, for a sentence or a label. */
export function sayValue(...args: Parameters<typeof figureOf>): string {
  const { text, unit } = figureOf(...args);
  return unit === "" ? text : `${text} ${unit}`;
}
