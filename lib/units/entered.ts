import { err, ok, type Result } from "../result";
import { parseEntered } from "./format";

/** The two ways in which numbers are grouped: 1,234.5 and 1.234,5. */
const WAYS = ["en", "de"] as const;

/**
 * A number that a person typed, or the reason why it is refused, as a sentence. What could be two numbers names both, in the language
 * of the page and without grouping, so that either can be typed back.
 */
export function readEntered(text: string, locale = "en"): Result<number> {
  const value = parseEntered(text, locale);
  if (value !== undefined) return ok(value);
  const plain = (n: number): string =>
    new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 20 }).format(n);
  if (text.trim() === "") return err(`Enter a number, as in ${plain(21.5)}.`);
  const meant = WAYS.map((way) => parseEntered(text, way)).find((n) => n !== undefined);
  return meant === undefined
    ? err(`“${text.trim()}” is not a number. Enter one as in ${plain(21.5)}.`)
    : err(`“${text.trim()}” could be ${plain(meant)} or ${plain(Math.round(meant * 1000))}. Enter one of these.`);
}
