import { UNCOUNTED } from "./budget";
import { Dict, type PyValue } from "./values";

const MAX_DEPTH = 64;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
/** Characters that need no escape: all except quotes, backslashes and control characters. */
const PLAIN = /[ !#-[\]-\uffff]*/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * Parses JSON as Python's `json.loads` does: 42.0 stays a float, a large integer stays exact, and the last of two equal keys wins.
 * Returns undefined if the text is not JSON; `value_json` is then undefined too.
 */
export function parsePyJson(text: string): PyValue | undefined {
  try {
    const reader = createReader(text);
    const value = reader.value(0);
    return reader.atEnd() ? value : undefined;
  } catch (cause) {
    if (cause instanceof NotJson) return undefined;
    throw cause;
  }
}

/** Ends the reading; it never leaves this file. */
class NotJson extends Error {}

const ESCAPES: Record<string, string> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const WORDS: readonly [string, PyValue][] = [
  ["true", true],
  ["false", false],
  ["null", null],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
];

function createReader(text: string) {
  let at = 0;
  const fail = (): never => {
    throw new NotJson();
  };
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found;
  };
  const take = (char: string): boolean => {
    match(SPACE);
    if (text[at] !== char) return false;
    at++;
    return true;
  };

  function string(): string {
    let made = "";
    for (;;) {
      made += match(PLAIN)?.[0] ?? "";
      const char = text[at++];
      if (char === '"') return made;
      if (char !== "\\") return fail();
      const sign = text[at++] ?? "";
      if (sign === "u") {
        const hex = text.slice(at, at + 4);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) return fail();
        made += String.fromCharCode(Number.parseInt(hex, 16));
        at += 4;
      } else made += ESCAPES[sign] ?? fail();
    }
  }

  function value(depth: number): PyValue {
    if (depth > MAX_DEPTH) return fail();
    match(SPACE);
    const char = text[at];
    if (char === '"') {
      at++;
      return string();
    }
    if (char === "{") {
      at++;
      const dict = new Dict();
      if (take("}")) return dict;
      do {
        if (!take('"')) return fail();
        const key = string();
        if (!take(":")) return fail();
        dict.set(key, value(depth + 1), UNCOUNTED);
      } while (take(","));
      return take("}") ? dict : fail();
    }
    if (char === "[") {
      at++;
      const list: PyValue[] = [];
      if (take("]")) return list;
      do list.push(value(depth + 1));
      while (take(","));
      return take("]") ? list : fail();
    }
    for (const [word, meaning] of WORDS)
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    const number = match(NUMBER);
    if (!number) return fail();
    if (number[1] !== undefined || number[2] !== undefined) return Number(number[0]);
    // No device sends longer integers, and converting a megabyte of digits to a bigint is slow.
    return number[0].length > 40 ? Number(number[0]) : BigInt(number[0]);
  }

  return {
    value,
    atEnd(): boolean {
      match(SPACE);
      return at === text.length;
    },
  };
}
