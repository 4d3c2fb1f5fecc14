/** What devices send for "no value", in lower case. Read as null (unknown), never as zero or off. */
const UNKNOWN = new Set(["", "-", "--", "---", "unavailable", "unknown", "none", "null", "undefined", "n/a"]);

/** Floating-point values that are not finite numbers. */
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity)$/i;

/** The words for on and off where the registration says boolean, in lower case. */
const BOOLEAN_WORDS: ReadonlyMap<string, boolean> = new Map([
  ["on", true],
  ["off", false],
  ["true", true],
  ["false", false],
  ["1", true],
  ["0", false],
  ["yes", true],
  ["no", false],
  ["online", true],
  ["offline", false],
  ["open", true],
  ["closed", false],
]);

/** The words that are detected as booleans without a registered type. 1 and 0 are numbers then; "open", "no" and "online" stay texts. */
const EVIDENT: ReadonlyMap<string, boolean> = new Map([
  ["on", true],
  ["off", false],
  ["true", true],
  ["false", false],
]);

const LONGEST = 11;

/** A cheap first test: none of these words ends with a digit, and nearly every payload does. */
const endsWithDigit = (text: string): boolean => {
  const last = text.charCodeAt(text.length - 1);
  return last >= 48 && last <= 57;
};

export const isUnknownWord = (text: string): boolean =>
  !endsWithDigit(text) && text.length <= 2 * LONGEST && UNKNOWN.has(text.trim().toLowerCase());
export const isNotFinite = (text: string): boolean => text.length <= LONGEST && NOT_FINITE.test(text.trim());
export const booleanWord = (text: string): boolean | undefined =>
  text.length <= 2 * LONGEST ? BOOLEAN_WORDS.get(text.trim().toLowerCase()) : undefined;
export const evidentBoolean = (text: string): boolean | undefined =>
  text.length <= 2 * LONGEST ? EVIDENT.get(text.trim().toLowerCase()) : undefined;
