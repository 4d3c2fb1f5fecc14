/** Parses numbers in the spellings that devices and scripts use. */

export interface Numeric {
  value: number;
  /** The unit after the number. */
  unit?: string;
}

/**
 * How much is accepted. `declared`: the registration says that this is a number, so leading zeros ("01317"), grouping ("1.234,5")
 * and any unit are read. `guess`: only what can hardly mean anything else; "01317" may be a code and "12A" a door.
 */
export type Belief = "declared" | "guess";

/**
 * How the sender of one point writes numbers, learned from its earlier texts. "2,048" alone could be two numbers: after "2047.5" its
 * comma groups thousands, after "21,5" it is a decimal comma. `both`: the sender wrote either, so neither is evidence.
 */
export interface NumberHabits {
  decimal?: "." | "," | "both" | undefined;
  /** It has sent an unmistakable number, so its bare digits are numbers too. */
  numeric?: true | undefined;
}

const PLAIN = "(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?";
const COMMA = "\\d+,\\d+";
/** Both separators, or several commas: then it is certain which one groups. Several dots are a version number. */
const GROUPED = "\\d{1,3}(?:\\.\\d{3})+,\\d+|\\d{1,3}(?:,\\d{3})+\\.\\d+|\\d{1,3}(?:,\\d{3}){2,}";
const SPLIT = new RegExp(`^([+\\-−]?)(${GROUPED}|${COMMA}|${PLAIN})(\\s*)(.*)$`, "s");
/** A fast path for the most common payloads. */
const SIMPLE = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;

const KNOWN_UNITS = new Set(
  (
    "% ‰ ° °C °F K C F mV V kV mA A kA mW W kW MW GW VA kVA var kvar Wh kWh MWh GWh varh kvarh VAh Ah mAh J kJ MJ Hz kHz MHz GHz " +
    "Pa hPa kPa MPa bar mbar psi mmHg inHg mm cm m km in ft yd mi mm² cm² m² km² ha ml cl dl l L hl m³ m3 ft³ gal " +
    "mg g kg t lb oz µg µg/m³ μg/m³ ug/m3 mg/m³ g/m³ ppm ppb lx lux lm cd dB dBm dB(A) dBA s ms µs us min h d " +
    "m/s km/h mph kn kt l/min l/h L/min L/h m³/h m3/h mm/h rpm 1/min U/min Ω kΩ MΩ ohm S/cm µS/cm mS/cm pH NTU " +
    "W/m² W/m2 cnt pcs B kB MB GB KiB MiB GiB bit/s kbit/s Mbit/s € EUR $ USD ct/kWh €/kWh kcal cal N Nm kN"
  ).split(" "),
);
/** With `declared`: anything that looks like a unit. Digits are allowed in known units only, so that "0x1F" is not a number. */
const UNIT_LIKE = /^[\p{L}°%‰µ€$²³/·*^()-]{1,16}$/u;

/** Ambiguous: one separator before exactly three digits is 2.048 or 2048. After a leading zero it cannot group. */
const TWO_WAYS = /^[1-9]\d{0,2}([.,])\d{3}$/;
/** An IMEI or a SIM card's number has at least this many digits; milliseconds since 1970 have 13. */
const CODE_DIGITS = 14;

/** Whether the text is ambiguous, because its only comma precedes exactly three digits. */
export const isTwoNumbers = (text: string): boolean =>
  TWO_WAYS.exec(SPLIT.exec(text.length > 100 ? "" : text.trim())?.[2] ?? "")?.[1] === ",";

/**
 * Undefined if the text is not just a finite number, or is ambiguous. An integer beyond ±2^53 is not accepted: its last digits would be
 * wrong. `habits` belong to the text's point: they resolve ambiguity, and are updated.
 */
export function parseNumeric(text: string, belief: Belief, habits?: NumberHabits): Numeric | undefined {
  if (SIMPLE.test(text)) {
    if (belief === "guess" && text.length >= CODE_DIGITS && !text.includes(".")) return undefined;
    if (habits === undefined || !text.includes(".")) return { value: Number(text) };
    const digits = text[0] === "-" ? text.slice(1) : text;
    if (habits.decimal === "," && TWO_WAYS.test(digits)) return { value: Number(text.replace(".", "")) };
    if (habits.decimal !== ".") noteSeparators(digits, habits);
    return { value: Number(text) };
  }
  // No number with a unit is longer, and a regular expression over 256 KiB would be slow.
  const trimmed = text.length > 100 ? "" : text.trim();
  const match = SPLIT.exec(trimmed);
  if (!match) return undefined;
  const [, sign, digits, space, unit] = match as unknown as [string, string, string, string, string];
  if (belief === "guess" && isNoGuess(digits, habits)) return undefined;
  if (unit !== "" && !unitFits(unit, space !== "", belief, digits)) return undefined;
  const plain = normalise(digits, habits?.decimal);
  if (plain === undefined) return undefined;
  const value = Number(plain) * (sign === "-" || sign === "−" ? -1 : 1);
  if (!Number.isFinite(value)) return undefined;
  if (/^\d+$/.test(digits) && !Number.isSafeInteger(value)) return undefined;
  if (habits) noteSeparators(digits, habits);
  return unit === "" ? { value } : { value, unit };
}

/** "01317", "77E104" and "351756051523999" may be codes. Grouping is accepted only from a sender whose decimal separator is known. */
function isNoGuess(digits: string, habits: NumberHabits | undefined): boolean {
  if (/^0\d|e/i.test(digits) || (digits.length >= CODE_DIGITS && /^\d+$/.test(digits))) return true;
  return isGrouped(digits) && habits?.decimal !== "." && habits?.decimal !== ",";
}

/** Learns the sender's decimal separator from a number that is not ambiguous. */
function noteSeparators(digits: string, habits: NumberHabits): void {
  const comma = digits.lastIndexOf(",");
  const dot = digits.lastIndexOf(".");
  if ((comma < 0 && dot < 0) || TWO_WAYS.test(digits)) return;
  // Several commas group thousands.
  const shown = comma > dot && digits.indexOf(",") === comma ? "," : ".";
  habits.decimal = habits.decimal === undefined || habits.decimal === shown ? shown : "both";
}

const isGrouped = (digits: string): boolean => /[.,]\d+[.,]/.test(digits);

/** Undefined if the number is ambiguous and the habits do not resolve it. */
function normalise(digits: string, decimal: NumberHabits["decimal"]): string | undefined {
  const separator = TWO_WAYS.exec(digits)?.[1];
  if (separator === "," && decimal !== "," && decimal !== ".") return undefined;
  if (separator && decimal !== undefined && decimal !== "both" && decimal !== separator)
    return digits.replace(separator, "");
  const comma = digits.lastIndexOf(",");
  const dot = digits.lastIndexOf(".");
  if (comma < 0) return digits;
  if (dot > comma) return digits.replaceAll(",", "");
  const onlyCommas = dot < 0 && digits.indexOf(",") !== comma;
  return onlyCommas ? digits.replaceAll(",", "") : digits.replaceAll(".", "").replace(",", ".");
}

function unitFits(unit: string, spaced: boolean, belief: Belief, digits: string): boolean {
  // "66e5f" is part of a checksum, not 6,600,000 f.
  if (!spaced && /e/i.test(digits)) return false;
  if (belief === "declared") return KNOWN_UNITS.has(unit) || UNIT_LIKE.test(unit);
  return KNOWN_UNITS.has(unit) && (spaced || /^[%‰°]/.test(unit));
}

/** A number as devices can read it: without an exponent, unless that would change the value. */
export function plainNumber(value: number): string {
  const text = String(value === 0 ? 0 : value);
  if (!text.includes("e") || Math.abs(value) >= 1e21) return text;
  const fixed = value.toFixed(20).replace(/\.?0+$/, "");
  return Number(fixed) === value ? fixed : text;
}

const plainUnit = (unit: string): string => unit.replace(/[\s°]/g, "").replace(/[µμ]/g, "u");

/** Whether two spellings mean the same unit. Case is ignored, except where it distinguishes milli from mega. */
export function sameUnit(a: string, b: string): boolean {
  const x = plainUnit(a);
  const y = plainUnit(b);
  if (x === y) return true;
  return x.toLowerCase() === y.toLowerCase() && (x[0] === y[0] || !/^m/i.test(x));
}
