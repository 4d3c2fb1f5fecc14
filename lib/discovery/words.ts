import type { Proposal } from "./announced";
import { titled } from "./proposals";

type Words = NonNullable<Proposal["words"]>;

const pairs = (on: string, off: string, ...classes: readonly string[]): [string, Words][] =>
  classes.map((one) => [one, { on, off }]);

/** The words for on and off by a binary sensor's device class (Home Assistant's documentation of binary_sensor). */
const BY_CLASS: ReadonlyMap<string, Words> = new Map([
  ...pairs("Open", "Closed", "door", "garage_door", "opening", "window"),
  ...pairs("Detected", "Clear", "motion", "occupancy", "smoke", "gas", "carbon_monoxide", "sound", "vibration"),
  ...pairs("Wet", "Dry", "moisture"),
  ...pairs("Low", "Normal", "battery"),
  ...pairs("Charging", "Not charging", "battery_charging"),
  ...pairs("Connected", "Disconnected", "connectivity"),
  ...pairs("Cold", "Normal", "cold"),
  ...pairs("Hot", "Normal", "heat"),
  ...pairs("Light", "Dark", "light"),
  ...pairs("Unlocked", "Locked", "lock"),
  ...pairs("Moving", "Still", "moving"),
  ...pairs("Plugged in", "Unplugged", "plug"),
  ...pairs("Home", "Away", "presence"),
  ...pairs("Problem", "OK", "problem"),
  ...pairs("Running", "Not running", "running"),
  ...pairs("Unsafe", "Safe", "safety"),
  ...pairs("Tampered with", "OK", "tamper"),
  ...pairs("Update available", "Up to date", "update"),
]);
export const wordsOfClass = (deviceClass: string | undefined): Words | undefined => BY_CLASS.get(deviceClass ?? "");

/** The words by the name of a Zigbee2MQTT property: `contact` is true while the door is closed. */
const BY_NAME: ReadonlyMap<string, Words> = new Map([
  ...pairs("Closed", "Open", "contact"),
  ...pairs("Wet", "Dry", "water_leak", "rain"),
  ...pairs("Low", "Normal", "battery_low"),
  ...["occupancy", "smoke", "gas", "carbon_monoxide", "vibration", "tamper", "moving"].flatMap(
    (name): [string, Words][] => {
      const words = BY_CLASS.get(name);
      return words ? [[name, words]] : [];
    },
  ),
]);

/** Words that add nothing to on and off. */
const PLAIN = /^(?:on|off|true|false|0|1|yes|no)$/i;

/** The words by the property's name, else the device's own payloads as words: LOCK and UNLOCK, open and closed. */
export function wordsOfProperty(name: string, payloads: { on: string; off: string }): Words | undefined {
  const known = BY_NAME.get(name);
  if (known) return known;
  const fits = (word: string) => !PLAIN.test(word) && /^\p{L}[\p{L} _-]{0,38}$/u.test(word);
  return fits(payloads.on) && fits(payloads.off)
    ? { on: titled(payloads.on.toLowerCase()), off: titled(payloads.off.toLowerCase()) }
    : undefined;
}

/** The words that a registration accepts; undefined if there are none. */
export function legalWords(words: Iterable<readonly [value: string, word: string | undefined]>): Words | undefined {
  const legal: Words = {};
  for (const [value, word] of words) {
    const text = word
      ?.replaceAll(/[\s=]+/g, " ")
      .trim()
      .slice(0, 40)
      .trim();
    if (text && /^\S(?:.{0,98}\S)?$/.test(value) && value !== "true" && value !== "false" && value !== text)
      legal[value] = text;
  }
  return Object.keys(legal).length > 0 ? legal : undefined;
}
