import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { type Formatted, formatValue, wordFor } from "@/lib/units/format";

/** Words by `on` and `off`, or by a value as text. */
export type Words = Readonly<Record<string, string>>;

/** Formats a point's value as text and unit, with the tile's words, else those of the point. */
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

/** Whether the value is shown with its unit; a word has none. */
export const hasUnit = (value: Value | undefined, { words }: Pick<PointInfo, "words">): boolean =>
  typeof value === "number" && wordFor(value, words) === undefined;

/** Formats a value as one text, for a sentence or a label. */
export function sayValue(...args: Parameters<typeof figureOf>): string {
  const { text, unit } = figureOf(...args);
  return unit === "" ? text : `${text} ${unit}`;
}

/** Widths in B612, mostly on the safe side. */
const EM = { digit: 0.65, small: 0.62, separator: 0.35, other: 0.8 };

/** About the width of a text in figures, in em: tiles choose the size of their figure by it. */
export function widthInEm(text: string): number {
  let em = 0;
  for (const c of text)
    em +=
      c >= "0" && c <= "9"
        ? EM.digit
        : c >= "a" && c <= "z"
          ? EM.small
          : ".,\u2009\u202f\u00a0 ’'".includes(c)
            ? EM.separator
            : EM.other;
  return em;
}
