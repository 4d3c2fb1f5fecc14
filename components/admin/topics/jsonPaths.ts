import { memberStep } from "@/lib/jsonPath";

/** A place in a JSON payload that a person can pick: the path that leads there (RFC 9535) and what stands there. */
export interface JsonLeaf {
  path: string;
  value: string | number | boolean | null;
}

export type JsonNode =
  | { kind: "leaf"; label: string | null; leaf: JsonLeaf }
  | { kind: "branch"; label: string | null; brackets: "[]" | "{}"; children: JsonNode[]; cut: number };

/** More children than this, or deeper, are not drawn: the payload comes from outside and may be anything. */
export interface TreeLimits {
  children: number;
  depth: number;
}
const LIMITS: TreeLimits = { children: 100, depth: 12 };

/** The payload as a tree of pickable leaves; undefined when it is not JSON, or a bare scalar (which needs no path). */
export function jsonTree(payload: string, limits: TreeLimits = LIMITS): JsonNode | undefined {
  let document: unknown;
  try {
    document = JSON.parse(payload);
  } catch {
    return undefined;
  }
  if (typeof document !== "object" || document === null) return undefined;
  return nodeOf(document, "$", null, limits.depth, limits);
}

function nodeOf(value: unknown, path: string, label: string | null, depth: number, limits: TreeLimits): JsonNode {
  if (typeof value !== "object" || value === null)
    return { kind: "leaf", label, leaf: { path, value: value as JsonLeaf["value"] } };
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
