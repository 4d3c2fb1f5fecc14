import { err, ok, type Result } from "../result";
import { t } from "../texts/t";
import { decimalOf, parseEntered, plainEntered } from "./format";

/** The two ways in which numbers are grouped: 1,234.5 and 1.234,5. */
const WAYS = ["en", "de"] as const;

/**
 * A number that a person typed, or the reason why it is refused, as a sentence. What could be two numbers names both, in the language
 * of the page and without grouping, so that either can be typed back.
 */
export function readEntered(text: string, locale = "en"): Result<number> {
  const value = parseEntered(text, locale);
  if (value !== undefined) return ok(value);
  const plain = (n: number): string => writeEntered(n, locale);
  if (text.trim() === "") return err(t("kit.enterNumber", { example: plain(21.5) }));
  const meant = WAYS.map((way) => parseEntered(text, way)).find((n) => n !== undefined);
  return meant === undefined
    ? err(t("kit.notNumber", { text: text.trim(), example: plain(21.5) }))
    : err(t("kit.twoNumbers", { text: text.trim(), one: plain(meant), other: plain(Math.round(meant * 1000)) }));
}

/** A number as a person of this language would type it: all of its digits, ungrouped. `readEntered` and `readSetting` read it back. */
export const writeEntered = (value: number, locale = "en"): string => String(value).replace(".", decimalOf(locale));

const EXPONENT = /^(.*\S)e([+-]?\d{1,3})$/i;

/**
 * As `readEntered`, for a number of a form, which may have an exponent: so the form writes very large and very small ones. In what
 * is sent to a device nobody means one.
 */
export function readSetting(text: string, locale = "en"): Result<number> {
  const [, mantissa, exponent] = EXPONENT.exec(text.trim()) ?? [];
  const plain = mantissa === undefined ? undefined : plainEntered(mantissa, locale);
  const value = Number(`${plain}e${exponent}`);
  return Number.isFinite(value) ? ok(value + 0) : readEntered(text, locale);
}
