/** A command's template: `{"target": {{value}}, "until": {{expires_at}}}`. */

const PLACE = "{{value}}";
/** Until when the device may execute the command, in epoch ms: for devices whose broker delivers old messages to them. */
const EXPIRY = "{{expires_at}}";

/** A value's text, and how it is written in a JSON document outside of quotes. */
export interface Sendable {
  text: string;
  json: string;
}

/**
 * A JSON template always gives valid JSON: inside quotes the value is escaped, outside of them its JSON form is inserted. Other
 * templates get the bare text.
 */
export function compileValueTemplate(template: string): (value: Sendable, expiresAt: number) => string {
  const parts = template.split(PLACE);
  const filled = (expiresAt: number): readonly string[] =>
    template.includes(EXPIRY) ? parts.map((part) => part.replaceAll(EXPIRY, String(expiresAt))) : parts;
  if (!isJson(filled(0).join("0"))) return ({ text }, expiresAt) => filled(expiresAt).join(text);
  const quoted = insideQuotes(parts);
  return ({ text, json }, expiresAt) =>
    filled(expiresAt).reduce(
      (made, part, i) => made + (quoted[i - 1] ? JSON.stringify(text).slice(1, -1) : json) + part,
    );
}

/** For each gap between two parts: whether it is inside a JSON string. */
function insideQuotes(parts: readonly string[]): boolean[] {
  let inside = false;
  return parts.slice(0, -1).map((part) => {
    for (let i = 0; i < part.length; i++) {
      if (inside && part[i] === "\\") i++;
      else if (part[i] === '"') inside = !inside;
    }
    return inside;
  });
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    // Expected: most templates that are not JSON are plain text.
    return false;
  }
}

/** The text unchanged if it is valid JSON (true, 1, "on"), else as a JSON string. */
export function jsonForm(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    // Expected, as above.
    return JSON.stringify(text);
  }
}
