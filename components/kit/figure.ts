import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { type Formatted, formatValue, wordFor } from "@/lib/units/format";

/** By `on` and `off`, or by a value as text. */
export type Words = Readonly<Record<string, string>>;

/** A value of a point as text and unit, in the words of a tile, else those of the point. */
export const figureOf = (
  value: Value | undefined,
  point: Pick<PointInfo, "type" | "unit" | "precision" | "words">,
  locale: string,
  words?: Words,
  least?: number,
): Formatted =>
  formatValue(value, {
    least,
    type: point.type,
    unit: point.unit,
    precision: point.precision,
    locale,
    words: words ?? point.words,
    unknown: "—",
  });

/** Whether a unit stands beside the value: not beside a word. */
export const hasUnit = (value: Value | undefined, { words }: Pick<PointInfo, "words">): boolean =>
  typeof value === "number" && wordFor(value, words) === undefined;

/** The same in one text, for a sentence or a label. */
export function sayValue(...args: Parameters<typeof figureOf>): string {
  const { text, unit } = figureOf(...args);
  return unit === "" ? text : `${text} ${unit}`;
}

/** What fits a tile of the usual width where tiles are narrowest in twelve columns, in em of the figure. */
const LINE_EM = 5.7;
/** B612's digits are 0.65 em wide, its separators at most 0.35; a unit is written in less than half the size. */
const EM = { digit: 0.65, separator: 0.35, other: 0.8, unit: 0.34, gap: 0.22 };

/** The width of a text in figures, in em; never less than it takes. */
export function widthInEm(text: string): number {
  let em = 0;
  for (const c of text)
    em += c >= "0" && c <= "9" ? EM.digit : ".,\u2009\u202f\u00a0 ’'".includes(c) ? EM.separator : EM.other;
  return em;
}

/** Whether text and unit surely stand in one line. Never a yes for what might need two: it would stand over what is below it. */
export function fitsOneLine(text: string, unit: string): boolean {
  const unitEm = unit === "" ? 0 : EM.gap + unit.length * EM.unit;
  return widthInEm(text) + unitEm <= LINE_EM;
}
