import parse from "jsonpath-rfc9535/parser";
import type { Json } from "../decoders/decoder";
import { err, ok, type Result } from "../result";
import { type Said, type SaidText, say } from "../texts/said";
import { checkFunctions, createPathWork, evaluateQuery, type PathWork } from "./jsonPathQuery";

/** The result of a path: a value, no match, several matches, or more work than is allowed. */
export const ABSENT = Symbol("absent");
export const SEVERAL = Symbol("several");
export const TOO_COSTLY = Symbol("too costly");
export type PathResult = Json | typeof ABSENT | typeof SEVERAL | typeof TOO_COSTLY;
/** `work`: what the message's paths have left; absent: the limit for a single path. */
export type Extract = (document: Json, work?: PathWork) => PathResult;

/**
 * Compiles a JSONPath (RFC 9535). Paths of names and indexes, which nearly all are, are walked directly; others are evaluated with
 * their steps counted.
 */
export function compilePath(text: string): Result<Extract, Said> {
  const known = compiled.get(text);
  if (known) return known;
  const made = compile(text);
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  compiled.set(text, made);
  return made;
}

/** A cache: devices of one kind share their paths, and parsing takes as long as a thousand look-ups. */
const compiled = new Map<string, Result<Extract, Said>>();
const MAX_COMPILED = 1000;

function compile(text: string): Result<Extract, Said> {
  let query: ReturnType<typeof parse>;
  try {
    query = parse(text);
  } catch {
    return err(say("schema.path", { text, mend: mend(text) }));
  }
  const checked = checkFunctions(query);
  if (!checked.ok) return err(say("schema.pathFunction", { text, fault: checked.error }));
  const steps: (string | number)[] = [];
  for (const segment of query.segments) {
    const step = segment.type === "ChildSegment" ? singleStep(segment.node) : undefined;
    if (step === undefined) return ok(general(query));
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
  (query: ReturnType<typeof parse>): Extract =>
  (document, work = createPathWork()) => {
    const found = evaluateQuery(query, document, 2, work);
    if (found === undefined) return TOO_COSTLY;
    return found.length === 0 ? ABSENT : found.length > 1 ? SEVERAL : (found[0] as Json);
  };

function mend(text: string): SaidText {
  if (!text.startsWith("$")) return say("schema.pathStart", { name: /^[\w.]+$/.test(text) ? text : "temperature" });
  return say("schema.pathMember");
}
