import { memberStep } from "@/lib/jsonPath";

/** A value in a JSON payload that a person can pick, with its JSONPath (RFC 9535). */
export interface JsonLeaf {
  path: string;
  value: string | number | boolean | null;
  /** The number as the payload writes it, where JavaScript would write it differently: 9223372036854775807, 1.50. */
  written?: string;
}

export type JsonNode =
  | { kind: "leaf"; label: string | null; leaf: JsonLeaf }
  | { kind: "branch"; label: string | null; brackets: "[]" | "{}"; children: JsonNode[]; cut: number };

/** More or deeper children are not rendered: the payload comes from outside and may be huge. */
export interface TreeLimits {
  children: number;
  depth: number;
}
const LIMITS: TreeLimits = { children: 100, depth: 12 };

/** The payload as a tree of leaves to pick; undefined if it is not JSON, or a single scalar, which needs no path. */
export function jsonTree(payload: string, limits: TreeLimits = LIMITS): JsonNode | undefined {
  const parsed = parseAsWritten(payload);
  if (!parsed || typeof parsed.document !== "object" || parsed.document === null) return undefined;
  return nodeOf(parsed.document, "$", null, limits.depth, { ...limits, marked: parsed.marked });
}

/** Marks a number that is kept as text. In a payload that contains this character, numbers are shown as JavaScript reads them. */
const MARK = "\uE0FF";
const HOLDS_MARK = /\uE0FF|\\ue0ff/i;
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** The parsed payload, in which each number that JavaScript would write differently is a marked text; undefined if it is not JSON. */
function parseAsWritten(payload: string): { document: unknown; marked: boolean } | undefined {
  try {
    const document: unknown = JSON.parse(payload);
    if (HOLDS_MARK.test(payload)) return { document, marked: false };
    const marked = payload.replace(STRING_OR_NUMBER, (token) =>
      token[0] === '"' || String(Number(token)) === token ? token : `"${MARK}${token}"`,
    );
    return marked === payload ? { document, marked: false } : { document: JSON.parse(marked), marked: true };
  } catch {
    return undefined;
  }
}

function leafOf(path: string, value: JsonLeaf["value"], marked: boolean): JsonLeaf {
  if (!marked || typeof value !== "string" || !value.startsWith(MARK)) return { path, value };
  const written = value.slice(MARK.length);
  return { path, value: Number(written), written };
}

function nodeOf(
  value: unknown,
  path: string,
  label: string | null,
  depth: number,
  limits: TreeLimits & { marked: boolean },
): JsonNode {
  if (typeof value !== "object" || value === null)
    return { kind: "leaf", label, leaf: leafOf(path, value as JsonLeaf["value"], limits.marked) };
  const list = Array.isArray(value);
  const entries = list ? value.map((item, i) => [String(i), item] as const) : Object.entries(value);
  const shown = depth === 0 ? [] : entries.slice(0, limits.children);
  return {
    kind: "branch",
    label,
    brackets: list ? "[]" : "{}",
    cut: entries.length - shown.length,
    children: shown.map(([name, item]) =>
      nodeOf(item, path + (list ? `[${name}]` : memberStep(name)), name, depth - 1, limits),
    ),
  };
}
