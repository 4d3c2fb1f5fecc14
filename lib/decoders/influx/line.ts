import type { Json } from "../decoder";

/** One line of the protocol. */
export interface Line {
  measurement: string;
  tags: ReadonlyMap<string, string>;
  fields: ReadonlyMap<string, Json>;
  /** Epoch seconds. */
  time?: number;
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const INTEGER = /^([+-]?\d{1,20})[iu]$/;
const TIME = /^[+-]?\d{1,19}$/;
const TRUE = new Set(["t", "T", "true", "True", "TRUE"]);
const FALSE = new Set(["f", "F", "false", "False", "FALSE"]);

/**
 * A line (https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/): a backslash escapes a comma, a space or an equals
 * sign, and within a text a quote or a backslash. Undefined: it is none. It is read once from left to right.
 */
export function readLine(text: string): Line | undefined {
  let at = 0;

  /** Up to one of these characters that is not escaped. */
  function word(ends: string): string {
    let made = "";
    for (; at < text.length; at++) {
      const sign = text[at] as string;
      if (sign === "\\" && at + 1 < text.length && ",= ".includes(text[at + 1] as string)) {
        at++;
        made += text[at];
        continue;
      }
      if (ends.includes(sign)) break;
      made += sign;
    }
    return made;
  }
  function quoted(): string | undefined {
    let made = "";
    for (at++; at < text.length; at++) {
      const sign = text[at] as string;
      if (sign === '"') {
        at++;
        return made;
      }
      const next = text[at + 1];
      if (sign === "\\" && (next === '"' || next === "\\")) at++;
      made += text[at];
    }
    return undefined;
  }
  function tagSet(): Map<string, string> | undefined {
    const tags = new Map<string, string>();
    while (text[at] === ",") {
      at++;
      const key = word(",= ");
      if (key === "" || text[at] !== "=") return undefined;
      at++;
      const value = word(", ");
      if (value === "" || tags.size >= MAX_MEMBERS) return undefined;
      tags.set(key, value);
    }
    return tags;
  }
  function fieldSet(): Map<string, Json> | undefined {
    const fields = new Map<string, Json>();
    do {
      at++;
      const key = word(",= ");
      if (key === "" || text[at] !== "=") return undefined;
      at++;
      const value = text[at] === '"' ? quoted() : fieldValue(word(", "));
      if (value === undefined || fields.size >= MAX_MEMBERS) return undefined;
      fields.set(key, value);
    } while (text[at] === ",");
    return fields;
  }

  const measurement = word(", ");
  if (measurement === "") return undefined;
  const tags = tagSet();
  if (!tags || text[at] !== " ") return undefined;
  while (text[at + 1] === " ") at++;
  const fields = fieldSet();
  if (!fields) return undefined;
  const rest = text.slice(at);
  if (rest.trim() === "") return { measurement, tags, fields };
  const time = rest.trim();
  return rest.startsWith(" ") && TIME.test(time) ? { measurement, tags, fields, time: secondsOf(time) } : undefined;
}

const MAX_MEMBERS = 1000;

function fieldValue(text: string): Json | undefined {
  if (NUMBER.test(text)) {
    const number = Number(text);
    return Number.isFinite(number) ? number : undefined;
  }
  const whole = INTEGER.exec(text)?.[1];
  // Beyond 2^53 its digits, as in every format.
  if (whole !== undefined) return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole.replace(/^\+/, "");
  return TRUE.has(text) ? true : FALSE.has(text) ? false : undefined;
}

/** Nanoseconds unless the sender was told otherwise, which its number of digits shows until the year 2286. */
function secondsOf(text: string): number {
  const digits = text.replace(/^[+-]/, "").length;
  const [places, scale] =
    digits > 17 ? [1_000_000n, 1e3] : digits > 14 ? [1000n, 1e3] : digits > 11 ? [1n, 1e3] : [1n, 1];
  return Number(BigInt(text) / places) / scale;
}
