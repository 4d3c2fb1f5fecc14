import { type SaidText, say } from "./texts/said";

/** Deeper than anything that is meant; what is stored must survive being written out again. */
export const MAX_BODY_DEPTH = 64;
/** A dashboard of a thousand tiles has half of that. So many are parsed and judged by a schema within 50 ms. */
export const MAX_BODY_VALUES = 30_000;

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;

/**
 * Why a JSON document is too much to be parsed and judged in one turn of the event loop; undefined where it is not. Counts brackets
 * and commas outside of strings, which takes a few milliseconds for a megabyte, without recursion.
 */
export function jsonSizeFault(text: string): SaidText | undefined {
  let depth = 0;
  let values = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = endOfString(text, i);
    else if (code === COMMA) values++;
    // An item or a member begins; an empty list counts as one too.
    else if (code === 91 || code === 123) {
      values++;
      if (++depth > MAX_BODY_DEPTH) return say("problem.nestedDeeper", { most: MAX_BODY_DEPTH });
    } else if (code === 93 || code === 125) depth--;
    if (values > MAX_BODY_VALUES) return say("problem.tooManyValues", { most: MAX_BODY_VALUES });
  }
  return undefined;
}

/** Where the string that begins there ends; the end of the text where it does not. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH) i++;
    else if (code === QUOTE) return i;
  }
  return text.length;
}
