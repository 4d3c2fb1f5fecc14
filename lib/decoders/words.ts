/** What devices say when they have nothing to say. Read as null (unknown), never as zero or off. Lower case. */
const UNKNOWN = new Set(["", "-", "--", "---", "unavailable", "unknown", "none", "null", "undefined", "n/a"]);

/** What is not a number and yet claims to be one. */
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity)$/i;

/** What a declared boolean is said with. Lower case. */
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

/** What may be taken for a boolean unasked. 1 and 0 are numbers, "open", "no" and "online" are read better as they are. */
const EVIDENT: ReadonlyMap<string, boolean> = new Map([
  ["on", true],
  ["off", false],
  ["true", true],
  ["false", false],
]);

const LONGEST = 11;

/** No such word ends with a digit, and nearly every payload does: the rest is not worth its cost then. */
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
