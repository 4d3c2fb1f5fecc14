/** Numbers in disguise: what devices and scripts write when they mean a number. */

export interface Numeric {
  value: number;
  /** The unit that stood behind it. */
  unit?: string;
}

/**
 * How much is believed. `declared`: the registration says that this is a number, so leading zeros ("01317"), grouping ("1.234,5")
 * and any unit behind it are read. `guess`: only what can hardly mean anything else; "01317" may be a code and "12A" a door.
 */
export type Belief = "declared" | "guess";

/**
 * What the texts of one point have shown so far. "2,048" alone could be two numbers; a sender that wrote "2047.5" before means
 * thousands, one that wrote "21,5" a decimal comma. `both`: it wrote either, so neither is evidence.
 */
export interface NumberHabits {
  decimal?: "." | "," | "both" | undefined;
  /** It wrote what can only be a number, so its bare digits are one too. */
  numeric?: true | undefined;
}

const PLAIN = "(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?";
const COMMA = "\\d+,\\d+";
/** Both separators, or one of them more than once: which of them groups is then beyond doubt. A dot twice is a version number. */
const GROUPED = "\\d{1,3}(?:\\.\\d{3})+,\\d+|\\d{1,3}(?:,\\d{3})+\\.\\d+|\\d{1,3}(?:,\\d{3}){2,}";
const SPLIT = new RegExp(`^([+\\-−]?)(${GROUPED}|${COMMA}|${PLAIN})(\\s*)(.*)$`, "s");
/** The commonest payloads of all, without the rest of the grammar. */
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
/** After an explicit "this is a number": anything that looks like one unit. Digits only in known ones, so that "0x1F" is none. */
const UNIT_LIKE = /^[\p{L}°%‰µ€$²³/·*^()-]{1,16}$/u;

/** One separator before exactly three digits: 2.048 or 2048. A leading zero groups nothing. */
const TWO_WAYS = /^[1-9]\d{0,2}([.,])\d{3}$/;
/** As long as an IMEI or the number of a SIM card; milliseconds since 1970 have 13 digits. */
const CODE_DIGITS = 14;

/** Whether a comma before exactly three digits leaves open which number the text is. */
export const isTwoNumbers = (text: string): boolean =>
  TWO_WAYS.exec(SPLIT.exec(text.length > 100 ? "" : text.trim())?.[2] ?? "")?.[1] === ",";

/**
 * Answers undefined when the text is not (only) a finite number, or could be two. An integer beyond ±2^53 is none: its last digits
 * would be wrong. `habits` are of the point that the text belongs to: they decide, and take note.
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
  // Longer than any number with a unit: not worth a regular expression over 256 KiB of text.
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

/** "01317", "77E104" and "351756051523999" may be codes; which separator groups is only believed of a sender that has shown it. */
function isNoGuess(digits: string, habits: NumberHabits | undefined): boolean {
  if (/^0\d|e/i.test(digits) || (digits.length >= CODE_DIGITS && /^\d+$/.test(digits))) return true;
  return isGrouped(digits) && habits?.decimal !== "." && habits?.decimal !== ",";
}

/** Takes note of what the separators of a number show, where they leave no doubt. */
function noteSeparators(digits: string, habits: NumberHabits): void {
  const comma = digits.lastIndexOf(",");
  const dot = digits.lastIndexOf(".");
  if ((comma < 0 && dot < 0) || TWO_WAYS.test(digits)) return;
  // A comma that stands twice groups.
  const shown = comma > dot && digits.indexOf(",") === comma ? "," : ".";
  habits.decimal = habits.decimal === undefined || habits.decimal === shown ? shown : "both";
}

const isGrouped = (digits: string): boolean => /[.,]\d+[.,]/.test(digits);

/** Undefined: it could be two numbers, and nothing shows which. */
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
  // "66e5f" is a piece of a checksum, not 6,600,000 f.
  if (!spaced && /e/i.test(digits)) return false;
  if (belief === "declared") return KNOWN_UNITS.has(unit) || UNIT_LIKE.test(unit);
  return KNOWN_UNITS.has(unit) && (spaced || /^[%‰°]/.test(unit));
}

/** The digits of a number as devices read them: no exponent where it can be avoided without changing the value. */
export function plainNumber(value: number): string {
  const text = String(value === 0 ? 0 : value);
  if (!text.includes("e") || Math.abs(value) >= 1e21) return text;
  const fixed = value.toFixed(20).replace(/\.?0+$/, "");
  return Number(fixed) === value ? fixed : text;
}

const plainUnit = (unit: string): string => unit.replace(/[\s°]/g, "").replace(/[µμ]/g, "u");

/** Whether two spellings mean one unit. Case is forgiven, except where it makes milli of mega. */
export function sameUnit(a: string, b: string): boolean {
  const x = plainUnit(a);
  const y = plainUnit(b);
  if (x === y) return true;
  return x.toLowerCase() === y.toLowerCase() && (x[0] === y[0] || !/^m/i.test(x));
}
