import { query } from "jsonpath-rfc9535";
import parse from "jsonpath-rfc9535/parser";
import type { Json } from "../decoders/decoder";
import { err, ok, type Result } from "../result";

/** What a path found: a value, nothing, or more than one thing. */
export const ABSENT = Symbol("absent");
export const SEVERAL = Symbol("several");
export type Found = Json | typeof ABSENT | typeof SEVERAL;
export type Extract = (document: Json) => Found;

/**
 * A JSONPath (RFC 9535) made ready. Paths of names and indexes, nearly all of them, are walked directly; the package parses its
 * expression anew for each query, which is ten times the cost.
 */
export function compilePath(text: string): Result<Extract> {
  let segments: ReturnType<typeof parse>["segments"];
  try {
    ({ segments } = parse(text));
  } catch {
    return err(`"${text}" is not a JSONPath (RFC 9535): ${mend(text)}`);
  }
  const steps: (string | number)[] = [];
  for (const segment of segments) {
    const step = segment.type === "ChildSegment" ? singleStep(segment.node) : undefined;
    if (step === undefined) return ok(general(text));
    steps.push(step);
  }
  return ok(walk(steps));
}

type Node = ReturnType<typeof parse>["segments"][number]["node"];

function singleStep(node: Node): string | number | undefined {
  if (node.type === "MemberNameShorthand") return node.value;
  if (node.type !== "BracketedSelection" || node.selectors.length !== 1) return undefined;
  const selector = node.selectors[0];
  return selector?.type === "NameSelector" || selector?.type === "IndexSelector" ? selector.value : undefined;
}

/** Own members only: "constructor" in a path means a member of the payload. A negative index counts from the end. */
function walk(steps: readonly (string | number)[]): Extract {
  return (document) => {
    let at: Json | undefined = document;
    for (const step of steps) {
      if (typeof at !== "object" || at === null) return ABSENT;
      if (typeof step === "number") {
        at = Array.isArray(at) ? at[step < 0 ? at.length + step : step] : undefined;
      } else {
        at = !Array.isArray(at) && Object.hasOwn(at, step) ? at[step] : undefined;
      }
      if (at === undefined) return ABSENT;
    }
    return at;
  };
}

const general =
  (text: string): Extract =>
  (document) => {
    const found = query(document, text);
    return found.length === 0 ? ABSENT : found.length > 1 ? SEVERAL : (found[0] as Json);
  };

function mend(text: string): string {
  if (!text.startsWith("$")) return `it starts with $, as in $.${/^[\w.]+$/.test(text) ? text : "temperature"}`;
  return "a member is written $.name, or $['name'] where the name has other signs than letters, digits and _";
}
