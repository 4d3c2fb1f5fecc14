import type { Steps } from "../steps";
import type { Json } from "./decoder";
import { parseJson } from "./jsonText";

/** Characters per step, which take some milliseconds. */
const STEP = 64 * 1024;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN = new Set([91, 123]);
const CLOSE = new Set([93, 125]);

/** Parses a JSON list like JSON.parse, but in steps: a list may be too long to be parsed in one turn of the event loop. */
export function* parseJsonList(text: string): Steps<Json[] | undefined> {
  const from = text.search(/[^ \t\n\r]/);
  if (text[from] !== "[") return undefined;
  const items: Json[] = [];
  let depth = 1;
  let quoted = false;
  let begun = from + 1;
  let paused = begun;
  for (let i = begun; i < text.length; i++) {
    if (i - paused >= STEP) {
      paused = i;
      yield;
    }
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    else if (OPEN.has(code)) depth++;
    else if (CLOSE.has(code)) depth--;
    if (quoted || !(depth === 0 || (depth === 1 && code === COMMA))) continue;
    const item = text.slice(begun, i);
    const parsed = parseJson(item);
    if (parsed.ok) items.push(parsed.value);
    if (depth === 0) {
      const isEmpty = items.length === 0 && /^[ \t\n\r]*$/.test(item);
      const isEnd = text[i] === "]" && /^[ \t\n\r]*$/.test(text.slice(i + 1));
      return isEnd && (parsed.ok || isEmpty) ? items : undefined;
    }
    if (!parsed.ok) return undefined;
    begun = i + 1;
  }
  return undefined;
}
