import type { Json } from "../decoders/decoder";
import type { Proposal } from "./announced";
import { isObject } from "./message";

/** Units that a key spells out: temperature_C, wind_avg_km_h, co2_ppm. Reliable for every device. */
const SPELLED: readonly [RegExp, string][] = [
  [/(^|_)temp(erature)?(_?\d+)?_?c(elsius)?$/, "°C"],
  [/(^|_)temp(erature)?(_?\d+)?_?f(ahrenheit)?$/, "°F"],
  [/_(celsius|deg_?c)$/, "°C"],
  [/_(fahrenheit|deg_?f)$/, "°F"],
  [/_km_h$|_kmh$/, "km/h"],
  [/_m_s$/, "m/s"],
  [/_mi_h$|_mph$/, "mph"],
  [/_hpa$/, "hPa"],
  [/_kpa$/, "kPa"],
  [/_psi$/, "psi"],
  [/_mbar$/, "mbar"],
  [/_mm_h$/, "mm/h"],
  [/_mm$/, "mm"],
  [/_cm$/, "cm"],
  [/_km$/, "km"],
  [/_dbm$/, "dBm"],
  [/_db$/, "dB"],
  [/_ppm$/, "ppm"],
  [/_ppb$/, "ppb"],
  [/_(pct|percent|percentage)$/, "%"],
  [/_kwh$/, "kWh"],
  [/_wh$/, "Wh"],
  [/_kw$/, "kW"],
  [/_(w|watts?)$/, "W"],
  [/_va$/, "VA"],
  [/_mv$/, "mV"],
  [/_(v|volts?)$/, "V"],
  [/_ma$/, "mA"],
  [/_(a|amps?)$/, "A"],
  [/_khz$/, "kHz"],
  [/_mhz$/, "MHz"],
  [/_hz$/, "Hz"],
  [/_lux$/, "lx"],
  [/_ug_m3$/, "µg/m³"],
  [/_(s|sec|seconds)$/, "s"],
  [/_ms$/, "ms"],
  [/_minutes$/, "min"],
];

/** The usual unit of a key, in conventions that use SI units and percent. */
const MEANT: readonly [RegExp, string][] = [
  [/co2/, "ppm"],
  [/(^|_)t?voc$/, "ppb"],
  [/pm(_?)(1|10|2_?5|25|4)(_?0)?$/, "µg/m³"],
  [/temp(erature)?(_?\d+)?$|dew_?point/, "°C"],
  [/humid(ity)?(_?\d+)?$|^hum$|(^|_)rh$/, "%"],
  [/soil_?moist|moisture$/, "%"],
  [/pressure$|barometer/, "hPa"],
  [/illumin(ance|ation)$|(^|_)lux$|light_?level/, "lx"],
  [/rssi$/, "dBm"],
  [/snr$/, "dB"],
  [/volt(age)?(_?\d+)?$/, "V"],
  [/(^|_)latitude$|(^|_)longitude$|^lat$|^lon$|^lng$/, "°"],
];

/** Units with a capital that does not start a word. */
const CAPITALS = /^(hPa|kPa|mV|mA|mW|kW|kWh|Wh|kVA|VA|dBm|dB|kHz|MHz|Hz|GHz|uV|uA)$/;

/** The key in snake_case: "batteryVoltage" and "Battery Voltage" become the same, and the unit of "pressure_kPa" stays one word. */
const plain = (key: string): string =>
  key
    .split(/[^A-Za-z0-9]+/)
    .map((part) => (CAPITALS.test(part) ? part : part.replace(/([a-z\d])([A-Z])/g, "$1_$2")))
    .join("_")
    .toLowerCase();

const look = (table: readonly [RegExp, string][], key: string): string | undefined =>
  table.find(([pattern]) => pattern.test(key))?.[1];

export const spelledUnit = (key: string): string | undefined => look(SPELLED, plain(key));
const meantUnit = (key: string): string | undefined => spelledUnit(key) ?? look(MEANT, plain(key));

/** Plausible values by unit. A value outside of them has another unit, which is not known. */
const BETWEEN: Readonly<Record<string, readonly [number, number]>> = {
  "°C": [-100, 400],
  "%": [0, 110],
  hPa: [300, 1200],
  V: [0, 500],
  lx: [0, 250_000],
  dBm: [-200, 50],
};

/** The unit that a key implies, if the sample is plausible for it: a value in millivolts must not be shown in volts. */
export function likelyUnit(key: string, sample: number): string | undefined {
  const spelled = spelledUnit(key);
  if (spelled !== undefined) return spelled;
  const unit = meantUnit(key);
  const [low, high] = (unit !== undefined ? BETWEEN[unit] : undefined) ?? [-Infinity, Infinity];
  return sample >= low && sample <= high ? unit : undefined;
}

/** A scalar in a document, and its path. */
export interface Leaf {
  path: readonly (string | number)[];
  value: string | number | boolean | null;
  /** From the members beside it: `{"value": 3.1, "unit": "V", "displayName": "Battery"}`. */
  unit?: string;
  name?: string;
}

export interface LeafLimits {
  depth: number;
  leaves: number;
  /** How many items of a list are visited. */
  items: number;
}
const LEAF_LIMITS: LeafLimits = { depth: 4, leaves: 120, items: 8 };

/** The scalars of a document in their order, within the limits. */
export function leavesOf(document: Json, limits: LeafLimits = LEAF_LIMITS): Leaf[] {
  const found: Leaf[] = [];
  function walk(node: Json, path: readonly (string | number)[]): void {
    if (found.length >= limits.leaves || path.length > limits.depth) return;
    if (typeof node !== "object" || node === null) {
      if (path.length) found.push({ path, value: node });
      return;
    }
    if (Array.isArray(node)) {
      for (const [i, item] of node.slice(0, limits.items).entries()) walk(item, [...path, i]);
      return;
    }
    const own = valueWithUnit(node);
    if (own) {
      found.push({ path: [...path, "value"], ...own });
      return;
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === "__proto__" || key.length > 100) continue;
      walk(child, [...path, key]);
    }
  }
  walk(document, []);
  return found.slice(0, limits.leaves);
}

function valueWithUnit(node: Json): Omit<Leaf, "path"> | undefined {
  if (!isObject(node) || !Object.hasOwn(node, "value")) return undefined;
  const { value, unit, displayName } = node;
  if (typeof value === "object" && value !== null) return undefined;
  if (typeof unit !== "string" && typeof displayName !== "string") return undefined;
  return {
    value: value as Leaf["value"],
    ...(typeof unit === "string" ? { unit: unit.slice(0, 40) } : {}),
    ...(typeof displayName === "string" ? { name: displayName.slice(0, 200) } : {}),
  };
}

/** The type to register for a value like this sample. */
export const typeOfSample = (value: Leaf["value"]): Proposal["type"] =>
  typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : undefined;
