import type { Reject } from "../reading";
import { err, ok, type Result } from "../result";
import { type SaidText, say } from "../texts/said";
import type { Json } from "./decoder";

/** Deeper than any device nests values, and shallow enough for recursion. */
export const MAX_DEPTH = 64;

/**
 * Parses JSON (RFC 8259). A text that is nested too deeply is rejected before it is parsed. An integer beyond ±2^53 becomes text,
 * since a double would get its last digits wrong.
 */
export function parseJson(text: string): Result<Json, Reject> {
  // A depth of n takes at least 2n characters.
  if (text.length > 2 * MAX_DEPTH && isTooDeep(text))
    return err({ code: "too-deep", message: say("reject.jsonTooDeep", { levels: MAX_DEPTH }) });
  try {
    return ok(JSON.parse(text.length >= 16 && LONG_NUMBER.test(text) ? quoteLongIntegers(text) : text) as Json);
  } catch {
    return err({ code: "not-json", message: notJson(text) });
  }
}

const LONG_NUMBER = /\d{16}/;
const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Looks at each character once. It runs before JSON.parse has checked the text, where a regular expression would be quadratic: it
 * would try an unterminated string from each of its quotes.
 */
function quoteLongIntegers(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (isDigit(code)) {
      const start = i > 0 && text[i - 1] === "-" ? i - 1 : i;
      const end = endOfNumber(text, i);
      if (end - i >= 16 && isUnsafe(text.slice(start, end))) {
        parts.push(text.slice(from, start), '"', text.slice(start, end), '"');
        from = end;
      }
      i = end - 1;
    }
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(from);
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isUnsafe = (token: string): boolean => /^-?[1-9]\d{15,}$/.test(token) && !Number.isSafeInteger(Number(token));

/** The index after all characters that can belong to a number, point and exponent included. */
function endOfNumber(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length && (isDigit(text.charCodeAt(end)) || ".eE+-".includes(text[end] as string))) end++;
  return end;
}

/** Counts brackets by indexOf first, which settles nearly all payloads; only then looks at each character. */
function isTooDeep(text: string): boolean {
  let open = 0;
  for (const bracket of "{[")
    for (let at = text.indexOf(bracket); at >= 0 && open <= MAX_DEPTH; at = text.indexOf(bracket, at + 1)) open++;
  if (open <= MAX_DEPTH) return false;
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === "\\") i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") {
      if (++depth > MAX_DEPTH) return true;
    } else if (char === "}" || char === "]") depth--;
  }
  return false;
}

function notJson(text: string): SaidText {
  if (text.trim() === "") return say("reject.empty", { format: "JSON" });
  const start = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return say("reject.notJson", { start: JSON.stringify(start) });
}
