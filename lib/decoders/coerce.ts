import type { Reject, Value } from "../reading";
import type { ValueType } from "../registration";
import { type Said, say } from "../texts/said";
import type { Json } from "./decoder";
import { isTwoNumbers, type NumberHabits, parseNumeric, sameUnit } from "./numeric";
import { booleanWord, evidentBoolean, isNotFinite, isUnknownWord } from "./words";

/** What the registration says of a value; with nothing said, the value is looked at. */
export interface Want {
  type?: ValueType | undefined;
  payloads?: { on: string; off: string } | undefined;
  /** A unit makes it a number where it can be one; a payload that names another unit is refused. */
  unit?: string | undefined;
  /** What the device says when it has no reading: numbers and words alike, as text. */
  unknown?: readonly string[] | undefined;
  /** Where the value stands in the payload, for messages: what is the whole of it, or a JSONPath. */
  where: Said;
}

/** `unit`: what stood behind the number. */
export type Coerced = { ok: true; value: Value; unit?: string } | { ok: false; reject: Reject };

const UNKNOWN: Coerced = { ok: true, value: null };
const value = (v: Value): Coerced => ({ ok: true, value: v });
const wrong = (message: Said, code: Reject["code"] = "wrong-type"): Coerced => ({
  ok: false,
  reject: { code, message },
});

/** How a text stood in the message, and what the point's texts have shown before. */
export interface TextOrigin {
  /** Within quotes, as JSON writes a text: bare digits there are a name. */
  quoted?: boolean;
  habits?: NumberHabits | undefined;
}

const BARE: TextOrigin = {};

/** Makes the reader of one value: from what stands in the document to a value, or to the reason why not. Never throws. */
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
 * What is nothing in every format and for every type: JSON's null, a text without a letter, an empty list (as Venus OS says that it has
 * no value), and the registered words.
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

/** A number counts however it is written: −127, "-127.0", "-127 °C". */
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

/** A serial number, an article number, a telephone number: in quotes, nobody counts with it. */
const BARE_DIGITS = /^\s*\+?\d+\s*$/;

/** For a comma that is a decimal one. */
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

/** The payloads as registered come first, exactly; then forgiving case and space. */
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

/** An object or list where one value is wanted: taken only when it is obviously one value in a wrapper, else the choices are named. */
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

/** JSONPaths of scalars in a document, numbers first, nearest first: what a person may have meant. */
export function suggestPaths(json: Json, root = "$"): string[] {
  const numbers: string[] = [];
  const others: string[] = [];
  let level: [string, Json][] = [[root, json]];
  // Three levels and 200 members are enough to name six, whatever the payload holds.
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
