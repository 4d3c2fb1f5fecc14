import type { Reject, Value } from "../reading";
import type { ValueType } from "../registration";
import { type Said, say } from "../texts/said";
import type { Json } from "./decoder";
import { isTwoNumbers, type NumberHabits, parseNumeric, sameUnit } from "./numeric";
import { booleanWord, evidentBoolean, isNotFinite, isUnknownWord } from "./words";

/** The registration's settings for one value. Without them its type is detected. */
export interface Want {
  type?: ValueType | undefined;
  payloads?: { on: string; off: string } | undefined;
  /** With a unit, a text that can be a number is read as one; a payload with another unit is rejected. */
  unit?: string | undefined;
  /** What the device sends when it has no reading, numbers or words, as text. */
  unknown?: readonly string[] | undefined;
  /** Where the value is in the payload, for the texts of rejects: the whole payload, or a JSONPath. */
  where: Said;
}

/** `unit`: the unit in the payload, where it names one. */
export type Coerced = { ok: true; value: Value; unit?: string } | { ok: false; reject: Reject };

const UNKNOWN: Coerced = { ok: true, value: null };
const value = (v: Value): Coerced => ({ ok: true, value: v });
const wrong = (message: Said, code: Reject["code"] = "wrong-type"): Coerced => ({
  ok: false,
  reject: { code, message },
});

/** How a text was written in the message, and the habits of its sender. */
export interface TextOrigin {
  /** The text was in quotes, as JSON writes one. Bare digits in quotes are a code, not a number. */
  quoted?: boolean;
  habits?: NumberHabits | undefined;
}

const BARE: TextOrigin = {};

/** Returns a function that reads one value from a part of a document, or rejects it with a reason. It never throws. */
export function makeCoerce(want: Want): (json: Json, origin?: TextOrigin) => Coerced {
  const byType = READERS[want.type ?? "any"];
  const isUnknown = makeIsUnknown(want.unknown);
  return (json, origin = BARE) => {
    if (isUnknown(json)) return UNKNOWN;
    if (typeof json === "number" && !Number.isFinite(json))
      return wrong(say("reject.numberTooLarge", { where: want.where }));
    return byType(json as Exclude<Json, null>, want, origin);
  };
}

/**
 * Whether there is no reading, in every format and for every type: null, a blank text, an empty list (Venus OS sends one for "no
 * value"), or one of the registered `unknown` words.
 */
export function makeIsUnknown(words: readonly string[] | undefined): (json: Json) => boolean {
  const isNoReading = words && noReading(words);
  return (json) => {
    if (json === null) return true;
    if (typeof json === "string" ? json.length <= BLANK && json.trim() === "" : isEmptyList(json)) return true;
    return isNoReading?.(json) ?? false;
  };
}

const BLANK = 1000;
const isEmptyList = (json: Json): boolean => Array.isArray(json) && json.length === 0;

/** Numbers are compared by value, however they are written: −127, "-127.0", "-127 °C". */
function noReading(said: readonly string[]): (json: Exclude<Json, null>) => boolean {
  const words = new Set(said.map((one) => one.trim()));
  const numbers = new Set(said.map((one) => parseNumeric(one, "declared")?.value));
  return (json) => {
    if (typeof json === "number") return numbers.has(json);
    if (typeof json !== "string") return words.has(String(json));
    if (words.has(json.trim())) return true;
    const number = parseNumeric(json, "declared")?.value;
    return number !== undefined && numbers.has(number);
  };
}

type Reader = (json: Exclude<Json, null>, want: Want, origin: TextOrigin) => Coerced;

const READERS: Record<ValueType | "any", Reader> = {
  number(json, want, origin) {
    if (typeof json === "number") return value(json + 0);
    if (typeof json === "string") {
      if (isUnknownWord(json)) return UNKNOWN;
      return numberOf(json, want, "declared", origin.habits) ?? wrong(notNumber(json, want));
    }
    if (typeof json === "boolean") return wrong(say("reject.notNumber", { where: want.where, found: String(json) }));
    return composite(json, want, origin);
  },

  boolean(json, want, origin) {
    if (typeof json === "object") return composite(json, want, origin);
    const text = String(json);
    const named = byPayloads(text, want.payloads);
    if (named !== undefined) return value(named);
    if (typeof json === "boolean") return value(json);
    if (isUnknownWord(text)) return UNKNOWN;
    const word = booleanWord(text);
    if (word !== undefined) return value(word);
    const { where, payloads } = want;
    const found = quote(text);
    if (!payloads) return wrong(say("reject.notBoolean", { where, found }));
    return wrong(say("reject.notPayloads", { where, found, on: quote(payloads.on), off: quote(payloads.off) }));
  },

  text(json) {
    return value(typeof json === "object" ? JSON.stringify(json) : String(json));
  },

  any(json, want, origin) {
    if (typeof json === "number") return value(json + 0);
    if (typeof json === "boolean") return value(json);
    if (typeof json === "object") return composite(json, want, origin);
    if (isUnknownWord(json)) return UNKNOWN;
    if (isNotFinite(json)) return wrong(notNumber(json, want));
    if (want.unit !== undefined && isTwoNumbers(json)) {
      return numberOf(json, want, "declared", origin.habits) ?? wrong(notNumber(json, want));
    }
    const belief = want.unit === undefined ? "guess" : "declared";
    if (belief === "guess" && origin.quoted && !origin.habits?.numeric && BARE_DIGITS.test(json)) return value(json);
    return numberOf(json, want, belief, origin.habits) ?? value(evidentBoolean(json) ?? json);
  },
};

/** In quotes, bare digits are a serial, article or telephone number rather than a measurement. */
const BARE_DIGITS = /^\s*\+?\d+\s*$/;

/** Suggested where a comma is the decimal separator. */
const TEMPLATE = "{{ value | replace(',', '.') }}";

const notNumber = (text: string, { where }: Want): Said =>
  isTwoNumbers(text)
    ? say("reject.twoNumbers", { where, found: quote(text), template: TEMPLATE })
    : say("reject.notNumber", { where, found: quote(text) });

const otherUnit = (unit: string, registered: string, { where }: Want): Coerced =>
  wrong(say("reject.otherUnit", { where, unit: quote(unit), registered: quote(registered) }));

function numberOf(
  text: string,
  want: Want,
  belief: "declared" | "guess",
  habits: NumberHabits | undefined,
): Coerced | undefined {
  const numeric = parseNumeric(text, belief, habits);
  if (!numeric) return undefined;
  if (habits && !habits.numeric) habits.numeric = true;
  if (numeric.unit === undefined) return value(numeric.value + 0);
  if (want.unit !== undefined && !sameUnit(numeric.unit, want.unit)) return otherUnit(numeric.unit, want.unit, want);
  return { ok: true, value: numeric.value + 0, unit: numeric.unit };
}

/** Compares with the registered payloads, first exactly, then ignoring case and surrounding space. */
export function byPayloads(text: string, payloads: Want["payloads"]): boolean | undefined {
  if (!payloads) return undefined;
  if (text === payloads.on) return true;
  if (text === payloads.off) return false;
  const loose = text.trim().toLowerCase();
  const on = payloads.on.trim().toLowerCase();
  const off = payloads.off.trim().toLowerCase();
  if (on === off) return undefined;
  return loose === on ? true : loose === off ? false : undefined;
}

/** `{"value": 21.5, "unit": "°C"}`, as Venus OS, Homie bridges and LoRaWAN decoders write one value. */
function wrapped(json: object): { value: Json; unit: string | undefined } | undefined {
  if (Array.isArray(json) || !Object.hasOwn(json, "value")) return undefined;
  const { value: inner, unit } = json as { value: Json; unit?: unknown };
  if (typeof inner === "object" && inner !== null && !isEmptyList(inner)) return undefined;
  return { value: inner, unit: Object.hasOwn(json, "unit") && typeof unit === "string" ? unit : undefined };
}

/** An object or list where one value is expected: read if it clearly wraps one value, else rejected with the paths to choose from. */
function composite(json: Json[] | { [key: string]: Json }, want: Want, { habits }: TextOrigin): Coerced {
  const inner = wrapped(json);
  if (inner) {
    const read = makeCoerce({ ...want, where: say("reject.itsValue", { where: want.where }) })(inner.value, {
      quoted: true,
      habits,
    });
    if (!read.ok || inner.unit === undefined || typeof read.value !== "number") return read;
    if (want.unit !== undefined && !sameUnit(inner.unit, want.unit)) return otherUnit(inner.unit, want.unit, want);
    return { ...read, unit: inner.unit };
  }
  const { where } = want;
  const shape = Array.isArray(json) ? "list" : "object";
  const paths = suggestPaths(json, typeof where === "string" ? where : "$").join(", ");
  const said = paths ? say("reject.chooseValue", { where, shape, paths }) : say("reject.notOneValue", { where, shape });
  return wrong(said, "ambiguous");
}

const SUGGESTIONS = 6;

/** JSONPaths of scalars that a person may have meant: numbers first, then the least nested. */
export function suggestPaths(json: Json, root = "$"): string[] {
  const numbers: string[] = [];
  const others: string[] = [];
  let level: [string, Json][] = [[root, json]];
  // Bounded: three levels and 200 members each are enough to find six paths.
  for (let depth = 0; depth < 3 && level.length; depth++) {
    const next: [string, Json][] = [];
    for (const [path, node] of level) {
      if (typeof node !== "object" || node === null) continue;
      for (const key of Object.keys(node).slice(0, 200)) {
        const child = (node as { [key: string]: Json })[key] as Json;
        const at = Array.isArray(node) ? `${path}[${key}]` : path + member(key);
        if (typeof child === "object" && child !== null) next.push([at, child]);
        else (typeof child === "number" ? numbers : others).push(at);
      }
    }
    level = next.slice(0, 50);
  }
  return [...numbers, ...others].slice(0, SUGGESTIONS);
}

const member = (key: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `['${key.replace(/[\\']/g, "\\$&")}']`;

const quote = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
