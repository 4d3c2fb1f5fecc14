import type parse from "jsonpath-rfc9535/parser";
import type { Json } from "../decoders/decoder";
import { err, ok, type Result } from "../result";
import { type SaidText, say } from "../texts/said";

/**
 * Evaluates a parsed JSONPath (RFC 9535) and counts its steps. The package's own evaluator parses the expression for each query, finds
 * every match where two are enough, and has no limit (`$[?count($..*) > 1]` is quadratic in the payload).
 */
type Query = ReturnType<typeof parse>;
type Segment = Query["segments"][number];
type Selector = Extract<Segment["node"], { type: "BracketedSelection" }>["selectors"][number];
type Logical = Extract<Selector, { type: "FilterSelector" }>["value"];
type Comparison = Extract<Logical, { type: "ComparisonExpr" }>;
type Comparable = Comparison["left"];
type Call = Extract<Comparable, { type: "FunctionExpr" }>;
type Argument = Call["arguments"][number];

/** The step limit for all paths of one message. Each visited node and each compared character is a step. */
const MAX_STEPS = 60_000;
export interface PathWork {
  left: number;
}
export const createPathWork = (): PathWork => ({ left: MAX_STEPS });

/** Thrown while a query is evaluated, and caught by `evaluateQuery`. */
class OutOfSteps extends Error {}

const NOTHING = Symbol("nothing");
type Value = Json | typeof NOTHING;
/** Returns true when enough was found. */
type Emit = (node: Json) => boolean;

/** The nodes found, at most `limit`; undefined if the step limit was exceeded. */
export function evaluateQuery(query: Query, document: Json, limit: number, work: PathWork): Json[] | undefined {
  const found: Json[] = [];
  try {
    visit({ root: document, work }, query.segments, 0, document, (node) => found.push(node) >= limit);
  } catch (cause) {
    if (cause instanceof OutOfSteps) return undefined;
    throw cause;
  }
  return found;
}

interface Evaluation {
  root: Json;
  work: PathWork;
}

function spend({ work }: Evaluation, steps: number): void {
  work.left -= steps;
  if (work.left < 0) throw new OutOfSteps();
}

function visit(on: Evaluation, segments: readonly Segment[], at: number, node: Json, emit: Emit): boolean {
  spend(on, 1);
  const segment = segments[at];
  if (!segment) return emit(node);
  if (typeof node !== "object" || node === null) return false;
  const next: Emit = (child) => visit(on, segments, at + 1, child, emit);
  if (select(on, segment.node, node, next)) return true;
  if (segment.type !== "DescendantSegment") return false;
  return eachChild(on, node, (child) => visit(on, segments, at, child, emit));
}

function eachChild(on: Evaluation, node: Json, emit: Emit): boolean {
  if (typeof node !== "object" || node === null) return false;
  if (Array.isArray(node)) return node.some(emit);
  for (const key of Object.keys(node)) {
    spend(on, 1);
    if (emit(node[key] as Json)) return true;
  }
  return false;
}

function select(on: Evaluation, by: Segment["node"], node: Json, emit: Emit): boolean {
  if (by.type === "WildcardSelector") return eachChild(on, node, emit);
  if (by.type === "MemberNameShorthand") return member(node, by.value, emit);
  return by.selectors.some((selector) => SELECTORS[selector.type](on, selector as never, node, emit));
}

/** Own members only: "constructor" in a path means a member of the payload. */
function member(node: Json, name: string, emit: Emit): boolean {
  if (typeof node !== "object" || node === null || Array.isArray(node) || !Object.hasOwn(node, name)) return false;
  return emit(node[name] as Json);
}

type Select<K extends Selector["type"]> = (
  on: Evaluation,
  selector: Extract<Selector, { type: K }>,
  node: Json,
  emit: Emit,
) => boolean;

const SELECTORS: { [K in Selector["type"]]: Select<K> } = {
  NameSelector: (_on, { value }, node, emit) => member(node, value, emit),
  WildcardSelector: (on, _selector, node, emit) => eachChild(on, node, emit),
  IndexSelector(_on, { value }, node, emit) {
    if (!Array.isArray(node)) return false;
    const index = value < 0 ? node.length + value : value;
    return index >= 0 && index < node.length && emit(node[index] as Json);
  },
  SliceSelector(on, { start, end, step }, node, emit) {
    if (!Array.isArray(node)) return false;
    const by = step ?? 1;
    const { length } = node;
    const place = (i: number | null, otherwise: number, low: number, high: number): number =>
      i === null ? otherwise : Math.min(Math.max(i < 0 ? length + i : i, low), high);
    if (by > 0) {
      const to = place(end, length, 0, length);
      for (let i = place(start, 0, 0, length); i < to; i += by) if (emit(node[i] as Json)) return true;
    } else if (by < 0) {
      const to = place(end, -1, -1, length - 1);
      for (let i = place(start, length - 1, -1, length - 1); i > to; i += by) if (emit(node[i] as Json)) return true;
    }
    spend(on, 1);
    return false;
  },
  FilterSelector: (on, { value }, node, emit) => eachChild(on, node, (child) => holds(on, value, child) && emit(child)),
};

function holds(on: Evaluation, expr: Logical, node: Json): boolean {
  spend(on, 1);
  if (expr.type === "LogicalAndExpr") return holds(on, expr.left, node) && holds(on, expr.right, node);
  if (expr.type === "LogicalOrExpr") return holds(on, expr.left, node) || holds(on, expr.right, node);
  if (expr.type === "LogicalNotExpr") return !holds(on, expr.expression, node);
  if (expr.type === "ComparisonExpr") return compare(on, expr, node);
  const { expression } = expr;
  // The offered functions return values, and a value is not a test (RFC 9535 §2.4.3).
  if (expression.type === "FunctionExpr") return false;
  return nodesOf(on, expression.value, node, 1).length > 0;
}

function nodesOf(
  on: Evaluation,
  query: { type: string; segments: readonly unknown[] },
  node: Json,
  limit: number,
): Json[] {
  const found: Json[] = [];
  const start = query.type === "RelQuery" || query.type === "RelSingularQuery" ? node : on.root;
  visit(on, query.segments as readonly Segment[], 0, start, (one) => found.push(one) >= limit);
  return found;
}

/** Evaluates a singular query. Its steps are not wrapped in segments as those of other queries are. */
function singular(on: Evaluation, query: Extract<Comparable, { segments: unknown }>, node: Json): Value {
  let at: Json = query.type === "RelSingularQuery" ? node : on.root;
  for (const { node: step } of query.segments) {
    spend(on, 1);
    let found: Value = NOTHING;
    const take: Emit = (one) => {
      found = one;
      return true;
    };
    if (step.type === "IndexSelector") SELECTORS.IndexSelector(on, step, at, take);
    else member(at, step.value, take);
    if (found === NOTHING) return NOTHING;
    at = found;
  }
  return at;
}

function comparedValue(on: Evaluation, from: Comparable, node: Json): Value {
  if (from.type === "Literal") return from.value;
  return from.type === "FunctionExpr" ? call(on, from, node) : singular(on, from, node);
}

function argumentOf(on: Evaluation, argument: Argument | undefined, node: Json): Value {
  if (argument?.type === "Literal") return argument.value;
  if (argument?.type === "FunctionExpr") return call(on, argument, node);
  if (argument?.type !== "FilterQuery") return NOTHING;
  const found = nodesOf(on, argument.value, node, 2);
  return found.length === 1 ? (found[0] as Json) : NOTHING;
}

type FunctionName = "length" | "count" | "value";
const FUNCTIONS: Record<FunctionName, (on: Evaluation, argument: Argument | undefined, node: Json) => Value> = {
  length(on, argument, node) {
    const value = argumentOf(on, argument, node);
    if (typeof value === "string") {
      spend(on, value.length);
      let count = 0;
      for (const _ of value) count++;
      return count;
    }
    if (typeof value !== "object" || value === null) return NOTHING;
    if (Array.isArray(value)) return value.length;
    const { length } = Object.keys(value);
    spend(on, length);
    return length;
  },
  count: (on, argument, node) =>
    argument?.type === "FilterQuery" ? nodesOf(on, argument.value, node, Number.POSITIVE_INFINITY).length : NOTHING,
  value: argumentOf,
};

const call = (on: Evaluation, { name, arguments: args }: Call, node: Json): Value =>
  FUNCTIONS[name as FunctionName](on, args[0], node);

/** RFC 9535 §2.3.5.2.2: only numbers and texts are ordered; for other values `<=` and `>=` mean equality. */
function compare(on: Evaluation, { left, right, op }: Comparison, node: Json): boolean {
  const a = comparedValue(on, left, node);
  const b = comparedValue(on, right, node);
  if (op === "==") return equal(on, a, b);
  if (op === "!=") return !equal(on, a, b);
  if (op === "<") return less(on, a, b);
  if (op === ">") return less(on, b, a);
  return less(on, op === "<=" ? a : b, op === "<=" ? b : a) || equal(on, a, b);
}

function less(on: Evaluation, a: Value, b: Value): boolean {
  if (typeof a === "number" && typeof b === "number") return a < b;
  if (typeof a !== "string" || typeof b !== "string") return false;
  spend(on, Math.min(a.length, b.length));
  return a < b;
}

function equal(on: Evaluation, a: Value, b: Value): boolean {
  spend(on, 1);
  if (typeof a === "string" && typeof b === "string") {
    if (a.length !== b.length) return false;
    spend(on, a.length);
  }
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => equal(on, item, b[i] as Json));
  }
  const keys = Object.keys(a);
  const others = Object.keys(b);
  // Listing the names of both objects takes time, even if the first has only a few.
  spend(on, keys.length + others.length);
  return (
    keys.length === others.length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(on, a[key] as Json, b[key] as Json))
  );
}

/** Refuses functions that do not exist or cannot be bounded. The error continues a sentence that begins with the path. */
export function checkFunctions(query: Query): Result<void, SaidText> {
  let fault: SaidText | undefined;
  const walk = (part: unknown): void => {
    if (typeof part !== "object" || part === null || fault !== undefined) return;
    const { type, name, arguments: args } = part as { type?: string; name?: string; arguments?: unknown[] };
    if (type === "FunctionExpr" && name !== undefined) fault = faultOf(name, args?.length ?? 0);
    for (const inner of Object.values(part)) walk(inner);
  };
  walk(query);
  return fault === undefined ? ok(undefined) : err(fault);
}

function faultOf(name: string, args: number): SaidText | undefined {
  if (name === "match" || name === "search") return say("schema.pathRegex", { name });
  if (!Object.hasOwn(FUNCTIONS, name))
    return say("schema.pathNoFunction", { name, names: Object.keys(FUNCTIONS).join(", ") });
  return args === 1 ? undefined : say("schema.pathArguments", { name, count: args });
}
