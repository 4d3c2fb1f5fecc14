const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

/**
 * A JSON object or list with a line for each member, every token as it was written: numbers that JavaScript cannot hold stay whole.
 * Undefined: it is no object, no list, or no JSON.
 */
export function indentJson(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  // Joined once: a text that grows token by token is a tree of all its beginnings, which the garbage collector walks again and again.
  const out: string[] = [];
  const lines: string[] = [];
  let depth = 0;
  let before = "";
  for (const [token] of text.matchAll(TOKEN)) {
    const closes = token === "}" || token === "]";
    const opened = before === "{" || before === "[";
    if (closes) depth--;
    if (closes ? !opened : opened || before === ",") {
      lines[depth] ??= `\n${"  ".repeat(depth)}`;
      out.push(lines[depth] as string);
    }
    out.push(token === ":" ? ": " : token);
    if (token === "{" || token === "[") depth++;
    before = token;
  }
  return out.join("");
}
