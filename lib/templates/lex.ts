import { say } from "../texts/said";
import { TemplateFault } from "./values";

export type TokenKind = "name" | "string" | "int" | "float" | "op" | "end";
export interface Token {
  kind: TokenKind;
  text: string;
}
/** A part of a template: plain text, the content of `{{ }}`, or the content of `{% %}`. */
export interface Piece {
  kind: "text" | "print" | "block";
  text: string;
}

const OPEN = /\{\{|\{%|\{#/g;
const RAW_END = /\{%-?\s*endraw\s*(-?)%\}/g;

/** Splits a template into its parts as Jinja does; `-` next to a delimiter removes the white space on that side. */
export function splitTemplate(source: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trim = false;
  const text = (upTo: number, trimEnd: boolean): void => {
    let plain = source.slice(at, upTo);
    if (trim) plain = plain.trimStart();
    if (trimEnd) plain = plain.trimEnd();
    trim = false;
    if (plain !== "") pieces.push({ kind: "text", text: plain });
  };
  for (;;) {
    OPEN.lastIndex = at;
    const open = OPEN.exec(source);
    if (!open) break;
    const start = open.index;
    const mark = open[0];
    const trimBefore = source[start + 2] === "-";
    text(start, trimBefore);
    const inside = start + 2 + (trimBefore || source[start + 2] === "+" ? 1 : 0);
    if (mark === "{#") {
      const end = source.indexOf("#}", inside);
      if (end < 0) throw new TemplateFault(say("schema.templateComment"));
      trim = source[end - 1] === "-";
      at = end + 2;
      continue;
    }
    const end = closing(source, inside, mark === "{{" ? "}}" : "%}");
    const trimAfter = source[end - 1] === "-";
    const body = source.slice(inside, trimAfter ? end - 1 : end);
    at = end + 2;
    trim = trimAfter;
    if (mark === "{%" && body.trim() === "raw") {
      RAW_END.lastIndex = at;
      const raw = RAW_END.exec(source);
      if (!raw) throw new TemplateFault(say("schema.templateRaw"));
      text(raw.index, raw[0][2] === "-");
      at = raw.index + raw[0].length;
      trim = raw[1] === "-";
      continue;
    }
    pieces.push({ kind: mark === "{{" ? "print" : "block", text: body });
  }
  text(source.length, false);
  return pieces;
}

/** The position of the closing delimiter. Ignores delimiters inside quotes, and `}}` inside a dict. */
function closing(source: string, from: number, mark: string): number {
  let depth = 0;
  for (let i = from; i < source.length; i++) {
    const char = source[i] as string;
    if (char === '"' || char === "'") {
      i = endOfString(source, i);
      continue;
    }
    if (depth <= 0 && source.startsWith(mark, i)) return i;
    if (char === "{") depth++;
    else if (char === "}") depth--;
  }
  throw new TemplateFault(say("schema.templateOpen", { mark: mark === "}}" ? "{{" : "{%" }));
}

function endOfString(source: string, start: number): number {
  for (let i = start + 1; i < source.length; i++) {
    if (source[i] === "\\") i++;
    else if (source[i] === source[start]) return i;
  }
  throw new TemplateFault(say("schema.templateQuote"));
}

const TOKEN =
  /\s*(?:([A-Za-z_]\w*)|(\d[\d_]*(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+))|(\d[\d_]*)|("(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')|(\/\/|\*\*|==|!=|<=|>=|[-+*/%~|.,:()[\]{}<>=]))/y;

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const rest = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < rest.length) {
    const from = TOKEN.lastIndex;
    const m = TOKEN.exec(rest);
    if (!m) throw new TemplateFault(say("schema.templateUnreadable", { text: rest.slice(from, from + 20).trim() }));
    if (m[1] !== undefined) tokens.push({ kind: "name", text: m[1] });
    else if (m[2] !== undefined) tokens.push({ kind: "float", text: m[2].replaceAll("_", "") });
    else if (m[3] !== undefined) tokens.push({ kind: "int", text: m[3].replaceAll("_", "") });
    else if (m[4] !== undefined) tokens.push({ kind: "string", text: unescapeText(m[4].slice(1, -1)) });
    else tokens.push({ kind: "op", text: m[5] as string });
  }
  tokens.push({ kind: "end", text: "" });
  return tokens;
}

const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", "0": "\0", b: "\b", f: "\f", "\n": "" };

const unescapeText = (text: string): string =>
  text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\s\S]))/g, (whole, x?: string, u?: string, c = "") => {
    const code = x ?? u;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    // As in Python, a backslash before any other character is kept: '\d' is two characters.
    return ESCAPES[c] ?? (c === "\\" || c === "'" || c === '"' ? c : whole);
  });
