import type { EntityKind } from "./announced";

/** A class by the unit alone, or by the unit and a word of the name. */
const BY_UNIT: readonly [units: readonly string[], name: RegExp, of: string][] = [
  [["%"], /\bbattery( level)?$|^(battery )?(state of charge|soc)$/, "battery"],
  [["%"], /\bhumidity\b/, "humidity"],
  [["%"], /\bmoisture\b/, "moisture"],
  [["°C", "°F", "K"], /\b(temperature|dew point)\b/, "temperature"],
  [["hPa", "mbar", "kPa", "Pa", "bar", "psi", "mmHg", "inHg"], /\bpressure\b/, "pressure"],
  [["lx"], /^/, "illuminance"],
  [["W", "kW"], /^/, "power"],
  [["VA"], /^/, "apparent_power"],
  [["var"], /^/, "reactive_power"],
  [["Wh", "kWh", "MWh"], /^/, "energy"],
  [["V", "mV"], /^/, "voltage"],
  [["A", "mA"], /^/, "current"],
  [["Hz"], /\bfrequency\b/, "frequency"],
  [["dBm"], /^/, "signal_strength"],
  [["ppm"], /\b(co2|carbon dioxide)\b/, "carbon_dioxide"],
  [["µg/m³"], /\bpm ?1$/, "pm1"],
  [["µg/m³"], /\bpm ?2\.?5\b/, "pm25"],
  [["µg/m³"], /\bpm ?10\b/, "pm10"],
];

/** Of what is on or off: on is the state that people are warned of. */
const BY_WORD: readonly [name: RegExp, of: string][] = [
  [/\bsmoke( detected)?$/, "smoke"],
  [/\b(water leak|flood|leak)( detected)?$/, "moisture"],
  [/\b(battery low|low battery)$/, "battery"],
  [/\bmotion( detected)?$/, "motion"],
  [/\boccupancy$/, "occupancy"],
  [/\bpresence$/, "presence"],
  [/\bvibration$/, "vibration"],
  [/\btamper(ed)?$/, "tamper"],
  [/\bcarbon monoxide$/, "carbon_monoxide"],
];

const LEGAL = /^[a-z][a-z0-9_]{0,39}$/;

/** An announced class as a registration holds it. */
export const legalClass = (announced: string | undefined): string | undefined =>
  announced !== undefined && LEGAL.test(announced) ? announced : undefined;

/**
 * The device class (in Home Assistant's words) of a value whose convention announces none: only where name and unit leave no doubt.
 */
export function classOf(name: string, unit: string | undefined, kind: EntityKind): string | undefined {
  const words = name.replaceAll("_", " ").toLowerCase();
  if (kind === "binary_sensor") return BY_WORD.find(([pattern]) => pattern.test(words))?.[1];
  if (unit === undefined || (kind !== "sensor" && kind !== "climate")) return undefined;
  return BY_UNIT.find(([units, pattern]) => units.includes(unit) && pattern.test(words))?.[2];
}
