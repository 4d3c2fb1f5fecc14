import type { Value } from "../reading";
import type { ValueType } from "../registration";
import { t } from "../texts/t";
import { spokenText } from "./spoken";

/** How values, ages and entered numbers are written for people. The locale is a BCP 47 tag and comes from the caller. */

export interface FormatOptions {
  /** As far as known; a text that looks like a number stays a text. */
  type?: ValueType | undefined;
  unit?: string | undefined;
  /** Digits behind the decimal point; absent: as many as the value has, at most 3. */
  precision?: number | undefined;
  /** Without a precision: at least so many digits, where the value is not a very small one. For a figure that must not jump. */
  least?: number | undefined;
  locale?: string | undefined;
  /** What stands for a value instead of itself: by `on` or `off`, or by the value as text. A boolean without is On or Off. */
  words?: Readonly<Record<string, string>> | undefined;
  /** What stands for null; default an en dash. */
  unknown?: string | undefined;
}

export interface Formatted {
  text: string;
  /** Empty where no unit belongs: to a boolean, a text, or nothing. */
  unit: string;
}

/** Digits behind the decimal point where none are asked for: what an energy meter counts in, and no float noise. */
const MOST_DECIMALS = 3;
/** Small values keep this many significant digits: 0.0042 must not read as 0. */
const SMALL_DIGITS = 3;
/** From here on digits say less than the exponent. */
const HUGE = 1e15;

/** Never throws: a locale that the platform does not know falls back to "en". */
export function formatValue(value: Value | undefined, options: FormatOptions = {}): Formatted {
  if (value === null || value === undefined) return { text: options.unknown ?? "–", unit: "" };
  const word = wordFor(value, options.words);
  if (word !== undefined) return { text: word, unit: "" };
  if (typeof value === "boolean") return { text: value ? t("kit.on") : t("kit.off"), unit: "" };
  if (typeof value === "string") return { text: spokenText(value), unit: "" };
  if (isIdentifier(value, options)) return { text: String(value).replace("-", "−"), unit: "" };
  return { text: formatNumber(value, options), unit: options.unit ?? "" };
}

/** So many digits that nobody counts them: an IMEI, an article number, milliseconds since 1970. */
const IDENTIFIER_FROM = 1e10;
const isIdentifier = (value: number, { unit, precision }: FormatOptions): boolean =>
  Math.abs(value) >= IDENTIFIER_FROM && !unit && precision === undefined && Number.isSafeInteger(value);

/** The word for a value, where it has one. */
export function wordFor(value: Value, words: FormatOptions["words"]): string | undefined {
  if (!words) return undefined;
  const key = typeof value === "boolean" ? (value ? "on" : "off") : String(value);
  return Object.hasOwn(words, key) ? words[key] : undefined;
}

/** Digits behind the decimal point with which a number is written where none are asked for: 101.1 has one. */
export function decimalsOf(value: number): number {
  const size = Math.abs(value);
  if (!(size >= 0.01 && size < 1e12)) return 0;
  const thousandths = Math.round(size * 10 ** MOST_DECIMALS);
  for (let decimals = MOST_DECIMALS; decimals > 0; decimals--)
    if (thousandths % 10 ** (MOST_DECIMALS - decimals + 1) !== 0) return decimals;
  return 0;
}

function formatNumber(value: number, { precision, least, locale }: FormatOptions): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= HUGE)
    return write(value, locale, { notation: "scientific", maximumFractionDigits: precision ?? MOST_DECIMALS });
  if (precision !== undefined)
    return write(value, locale, { minimumFractionDigits: precision, maximumFractionDigits: precision });
  if (size > 0 && size < 0.01)
    return size < 1e-6
      ? write(value, locale, { notation: "scientific", maximumFractionDigits: MOST_DECIMALS })
      : write(value, locale, { maximumSignificantDigits: SMALL_DIGITS });
  return write(value, locale, {
    minimumFractionDigits: Math.min(least ?? 0, MOST_DECIMALS),
    maximumFractionDigits: MOST_DECIMALS,
  });
}

/** Making an Intl.NumberFormat costs a thousand times what using it does. */
const cache = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string | undefined, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}|${options.notation}|${options.minimumFractionDigits}|${options.maximumFractionDigits}|${options.maximumSignificantDigits}|${options.numberingSystem}`;
  let format = cache.get(key);
  if (!format) {
    format = new Intl.NumberFormat(supported(locale), { ...options, signDisplay: "negative" });
    cache.set(key, format);
  }
  return format;
}

function supported(locale: string | undefined): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale ?? "en")[0] ?? "en";
  } catch {
    // Not a BCP 47 tag: the header of a request may hold anything.
    return "en";
  }
}

/** A true minus sign: as wide as a digit in tabular figures, where the hyphen is not. */
const write = (value: number, locale: string | undefined, options: Intl.NumberFormatOptions): string =>
  numberFormat(locale, options).format(value).replace(/[-‐]/g, "−");

/** Zero in the digits of other scripts, each followed by its nine: Arabic, Persian, Devanagari, Bengali, Thai, full width. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0xff10];

/** The digits and separators with which the page writes in some languages, as ASCII. */
const toAscii = (text: string): string =>
  text
    .replace(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      const zero = ZEROS.find((first) => code >= first && code < first + 10);
      return zero === undefined ? digit : String(code - zero);
    })
    .replaceAll("٫", ".")
    .replace(/[٬’']/g, " ");

/**
 * A number as a person types it: "21.5", "21,5", "−3", "1 200", "1’200", "1.234,5". Undefined for anything that is not beyond doubt one number,
 * since it is going to be sent to a device: "1,234" is 1.234 only where the locale writes its decimals with a comma, else it is refused.
 */
export function parseEntered(text: string, locale = "en"): number | undefined {
  const plain = plainEntered(text, locale);
  const value = plain === undefined ? Number.NaN : Number(plain);
  // Never −0.
  return Number.isFinite(value) ? value + 0 : undefined;
}

/** The same as text that JavaScript reads: "-1234.5". */
export function plainEntered(text: string, locale = "en"): string | undefined {
  const match = /^([+\-−‐]?)(\d[\d.,\s]*|[.,]\d+)$/.exec(toAscii(text.trim()));
  if (!match) return undefined;
  const digits = (match[2] as string).replace(/\s(?=\d{3}(?!\d))/g, "");
  const plain = ungroup(digits, decimalOf(locale));
  if (plain === undefined || !/^(?:\d+(?:\.\d+)?|\.\d+)$/.test(plain)) return undefined;
  return match[1] === "" || match[1] === "+" ? plain : `-${plain}`;
}

/** The decimal sign of a language beside ASCII digits. */
export const decimalOf = (locale: string): string =>
  numberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1, numberingSystem: "latn" })
    .formatToParts(1.5)
    .find((part) => part.type === "decimal")?.value ?? ".";

/** With a point for the decimals and nothing else; undefined when it may mean two numbers. */
function ungroup(digits: string, decimal: string): string | undefined {
  const separators = digits.match(/[.,]/g) ?? [];
  const last = separators.at(-1);
  if (last === undefined) return digits;
  const [whole, fraction] = [digits.slice(0, digits.lastIndexOf(last)), digits.slice(digits.lastIndexOf(last) + 1)];
  if (separators.length === 1) {
    const mayGroup = last !== decimal && /^[1-9]\d{0,2}$/.test(whole) && fraction.length === 3;
    return mayGroup ? undefined : `${whole}.${fraction}`;
  }
  const other = last === "." ? "," : ".";
  if (separators.every((s) => s === last))
    return new RegExp(`^\\d{1,3}(?:[${last}]\\d{3})+$`).test(digits) ? digits.replaceAll(last, "") : undefined;
  return new RegExp(`^\\d{1,3}(?:[${other}]\\d{3})+$`).test(whole)
    ? `${whole.replaceAll(other, "")}.${fraction}`
    : undefined;
}
