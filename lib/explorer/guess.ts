/** What names say of values: words, names for people, and units where there can hardly be another. */

/** "bearing_temperature", "batteryLevel2", "pm2.5" as lower-case words. */
export const wordsOf = (text: string): string[] =>
  text
    .slice(0, 200)
    // "batteryLevel" is two words, "kWh" and "hPa" are one.
    .replace(/(\p{Ll}{2})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{L}{2,})(\d)/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}%°µ]+/u)
    .filter((word) => word !== "");

/** A level or key as a person writes it: "bearing_temperature" is "Bearing temperature". Whatever else it holds stays. */
export function humanize(text: string): string {
  const words = text
    .slice(0, 80)
    .toWellFormed()
    .replace(/[\p{Cc}{}]+/gu, " ")
    .replace(/(\p{Ll})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .replace(/[_\s-]+/g, " ")
    .trim()
    .replace(ABBREVIATIONS, (word) => (word.toLowerCase() === word ? word.toUpperCase() : word));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "ac_output" is "AC output". */
const ABBREVIATIONS = /(?<![\p{L}\p{N}])(?:ac|dc|pv|co2|rssi|ups)(?![\p{L}\p{N}])/giu;

/** Levels that say what kind of message it is, not what it is about. */
const GENERIC = new Set(
  "state status value values data json get telemetry tele stat sensor info payload reading readings message messages device devices".split(
    " ",
  ),
);
export const isGeneric = (level: string): boolean => GENERIC.has(level.toLowerCase());

/** What a topic is about: its last levels that say something, at most two; "greenhouse/north/climate" is "North climate". */
export function nameOfLevels(levels: readonly string[]): string {
  const telling = levels.filter((level) => level.trim() !== "");
  while (telling.length > 1 && isGeneric(telling.at(-1) as string)) telling.pop();
  const [last = "", before] = telling.reverse();
  const name = before === undefined ? humanize(last) : `${humanize(before)} ${lowerFirst(humanize(last))}`;
  return name.trim().slice(0, 150);
}

/** "Temperature" inside a name; "CO2" and "PM" stay. */
export const lowerFirst = (text: string): string =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** A topic below or beside a value that says its unit: `…/unit`, `…/$unit`. */
export const isUnitLevel = (level: string): boolean => /^\$?units?$/i.test(level);

/** A topic beside others that says how people call what these are of: `…/name`, `…/display_name`. */
export const isNameLevel = (level: string): boolean =>
  /^(?:name|title|caption|(?:display|friendly)[-_ ]?name)$/i.test(level);

interface UnitRule {
  words: readonly string[];
  /** One of these makes it something else. */
  not?: readonly string[];
  unit: string;
  /** All numbers seen must lie in here. */
  from: number;
  to: number;
}

const all = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** The unit written into the name: "temp_c", "power_w", "wind_avg_m_s". The longest ending counts. */
// biome-ignore format: a table reads best as one
const ENDINGS: Record<string, string> = {
  c: "°C", celsius: "°C", degc: "°C", f: "°F", fahrenheit: "°F", degf: "°F", kelvin: "K",
  pct: "%", percent: "%", percentage: "%", "%": "%",
  hpa: "hPa", kpa: "kPa", pa: "Pa", bar: "bar", mbar: "mbar", psi: "psi",
  v: "V", mv: "mV", volt: "V", volts: "V", ma: "mA", amps: "A", ampere: "A",
  w: "W", kw: "kW", watt: "W", watts: "W", va: "VA", wh: "Wh", kwh: "kWh", mwh: "MWh",
  hz: "Hz", khz: "kHz", mhz: "MHz", ppm: "ppm", ppb: "ppb", lux: "lx", lx: "lx", dbm: "dBm", db: "dB", rpm: "rpm",
  kg: "kg", mm: "mm", cm: "cm", km: "km", kmh: "km/h", "km h": "km/h", "m s": "m/s", "mi h": "mph", mph: "mph",
  "ug m 3": "µg/m³", "ug m3": "µg/m³", "l min": "l/min", lpm: "l/min", liter: "l", liters: "l", litre: "l", litres: "l",
  "°c": "°C", "°f": "°F",
};

const LONE_LETTERS = new Set(["c", "f", "v", "w", "pa", "ma", "va"]);

/** Quantities that nearly always come in one unit, as long as the numbers fit it. */
// biome-ignore format: a table reads best as one
const RULES: readonly UnitRule[] = [
  // Above, it may well be Fahrenheit, or an oven: no unit is better than a wrong one.
  { words: ["temperature", "temp", "temperatur", "dewpoint"], not: ["color", "colour"], unit: "°C", from: -45, to: 60 },
  { words: ["humidity", "humid", "hum", "feuchte", "luftfeuchte", "moisture"], not: ["absolute"], unit: "%", from: 0, to: 100 },
  { words: ["battery", "batt", "soc"], not: ["voltage", "volt", "low", "current", "power"], unit: "%", from: 5, to: 100 },
  { words: ["co2"], unit: "ppm", from: 250, to: 10_000 },
  { words: ["pressure", "barometer", "luftdruck"], unit: "hPa", from: 850, to: 1100 },
  { words: ["voltage"], not: ["battery", "batt"], unit: "V", from: 1, to: 1000 },
  { words: ["illuminance", "lux"], unit: "lx", ...all },
  { words: ["rssi"], unit: "dBm", from: -140, to: -1 },
];

/**
 * The unit of a number from the name of its key or topic level, where name and numbers leave hardly a doubt.
 * `words`: of the key or last level, see `wordsOf`.
 */
export function unitOf(words: readonly string[], numbers: readonly number[]): string | undefined {
  const unit = unitNamed(words, numbers);
  return unit === "%" && isShare(numbers) ? undefined : unit;
}

/** 0.87 under the name of a percentage: a share of one, most likely. */
const isShare = (numbers: readonly number[]): boolean =>
  numbers.every((n) => n >= 0 && n <= 1) && numbers.some((n) => !Number.isInteger(n));

function unitNamed(words: readonly string[], numbers: readonly number[]): string | undefined {
  for (const count of [3, 2, 1]) {
    const ending = words.slice(-count).join(" ");
    if (count > words.length || !Object.hasOwn(ENDINGS, ending)) continue;
    // A lone letter is a name, unless another word stands before it.
    if (LONE_LETTERS.has(ending) && words.length < 2) continue;
    return ENDINGS[ending];
  }
  const rule = RULES.find(
    (r) => r.words.some((word) => words.includes(word)) && !r.not?.some((word) => words.includes(word)),
  );
  return rule && numbers.every((n) => n >= rule.from && n <= rule.to) ? rule.unit : undefined;
}

/** Whether the words name a quantity: two levels that name different ones are not two of a kind. */
export const quantityOf = (words: readonly string[]): string | undefined =>
  RULES.find((r) => r.words.some((word) => words.includes(word)))?.words[0];

const MORE_QUANTITIES = new Set(
  "power energy current voltage frequency speed level flow volume weight mass distance height depth load count total price".split(
    " ",
  ),
);

/** Whether a name says that a number is meant, even where it is written like a code. */
export const isQuantity = (words: readonly string[]): boolean =>
  quantityOf(words) !== undefined ||
  words.some((word) => MORE_QUANTITIES.has(word)) ||
  (words.length > 1 && Object.hasOwn(ENDINGS, words.at(-1) as string));

/** "wind_avg_m_s" in m/s is called "wind_avg": the unit stands behind the number. */
export function withoutUnit(key: string, unit: string | undefined): string {
  const parts = key.split(/[_\s.-]+/);
  for (const count of [3, 2, 1]) {
    const ending = parts.slice(-count).join(" ").toLowerCase();
    if (count < parts.length && Object.hasOwn(ENDINGS, ending) && ENDINGS[ending] === unit)
      return key.split(/[_\s.-]+/, parts.length - count).join("_");
  }
  return key;
}
