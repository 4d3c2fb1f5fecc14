import { err, ok, type Result } from "../result";
import { type SaidText, say } from "../texts/said";
import type { Expr, Stmt } from "./ast";
import { createBudget, LIMITS, UNCOUNTED } from "./budget";
import type { Context } from "./context";
import { render, Scope } from "./evaluate";
import { filters } from "./filters";
import { globalsFor } from "./globals";
import { parsePyJson } from "./json";
import { member } from "./jsonPath";
import { parseTemplateSource } from "./parse";
import { tests } from "./tests";
import { Dict, type PyValue, TemplateFault } from "./values";

/** The result of rendering a value template, as in Home Assistant: a text, None (unknown), or "keep the old value". */
export type Rendered =
  | { kind: "value"; text: string }
  | { kind: "unknown" }
  /** `why`: the reason if the template failed; absent if the template rendered nothing for this message. */
  | { kind: "keep"; why?: SaidText };

/** A plain value for a variable of a template. Whole numbers become ints. */
export type Variable = null | boolean | number | string | readonly Variable[] | { readonly [name: string]: Variable };
export interface Surroundings {
  /** The time that `now()` returns, in epoch milliseconds. */
  now?: number;
  /** The offset of local time from UTC, in minutes (positive to the east). */
  offset?: number;
}

export interface Template {
  /** The rendered text without leading and trailing white space; for commands. Never throws. */
  text(variables: Readonly<Record<string, Variable>>, where?: Surroundings): Result<string, SaidText>;
  /** Renders with `value` as the payload and `value_json` as its parsed JSON (undefined if it is not JSON). Never throws. */
  render(payload: string, variables?: Readonly<Record<string, Variable>>, where?: Surroundings): Rendered;
  /** The equivalent JSONPath, if the template only reads one member of `value_json`; never "$". */
  readonly path: string | undefined;
}

/** Parses a Home Assistant template once. Each rendering has limits of steps, text and depth: anyone on the broker can send templates. */
export function compileTemplate(source: string): Result<Template, SaidText> {
  let body: Stmt[];
  try {
    body = parseTemplateSource(source);
  } catch (cause) {
    return err(reason(cause));
  }
  const usesJson = source.includes("value_json");

  function run(names: ReadonlyMap<string, PyValue>, where: Surroundings): Result<string, SaidText> {
    const context = contextOf(where);
    const scope = new Scope(undefined, globalsFor(context));
    for (const [name, value] of names) scope.set(name, value);
    try {
      return ok(render(body, scope, context).trim());
    } catch (cause) {
      return err(reason(cause));
    }
  }

  return ok({
    path: pathOf(body),
    text: (variables, where = {}) => run(namesOf(variables), where),
    render(payload, variables = {}, where = {}) {
      if (payload.length > LIMITS.output) return { kind: "keep", why: say("template.payloadTooLong") };
      const names = namesOf(variables);
      names.set("value", payload);
      const json = usesJson ? parsed(payload) : undefined;
      if (json !== undefined) names.set("value_json", json);
      const made = run(names, where);
      if (!made.ok) return { kind: "keep", why: made.error };
      if (made.value === "None") return { kind: "unknown" };
      return made.value === "" ? { kind: "keep" } : { kind: "value", text: made.value };
    },
  });
}

function contextOf({ now = 0, offset = 0 }: Surroundings): Context {
  const budget = createBudget();
  const context: Context = {
    budget,
    now,
    offset,
    applyFilter(name, args, named) {
      const filter = filters.get(name);
      if (!filter) throw new TemplateFault(say("template.unknownFilter", { name: name.slice(0, 60) }));
      return filter(args, named, context);
    },
    applyTest(name, args) {
      const test = tests.get(name);
      if (!test) throw new TemplateFault(say("template.unknownTest", { name: name.slice(0, 60) }));
      return test(args, context);
    },
  };
  return context;
}

/** A cache of the last parsed document: the templates of one device read the same message one after the other. */
let last: { payload: string; json: PyValue | undefined } = { payload: "", json: undefined };
function parsed(payload: string): PyValue | undefined {
  if (last.payload !== payload) last = { payload, json: parsePyJson(payload) };
  return last.json;
}

/** The text of a fault. An error of the engine (such as a full stack) has a text of its own, which is not shown. */
const reason = (cause: unknown): SaidText =>
  cause instanceof TemplateFault ? cause.why : say("template.cannotEvaluate");

function namesOf(variables: Readonly<Record<string, Variable>>): Map<string, PyValue> {
  return new Map(Object.entries(variables).map(([name, value]) => [name, fromVariable(value)]));
}

function fromVariable(v: Variable): PyValue {
  if (typeof v === "number") return Number.isSafeInteger(v) && !Object.is(v, -0) ? BigInt(v) : v;
  if (typeof v !== "object" || v === null) return v;
  if (Array.isArray(v)) return v.map(fromVariable);
  return Dict.of(
    Object.entries(v as Record<string, Variable>).map(([key, value]) => [key, fromVariable(value)] as const),
    UNCOUNTED,
  );
}

/** After a dot, a method of a dict takes precedence over a member of the same name, so these names have no equivalent JSONPath. */
const METHODS = new Set(["get", "keys", "values", "items"]);

function pathOf(body: readonly Stmt[]): string | undefined {
  const prints = body.filter((stmt) => !(stmt.is === "text" && stmt.text.trim() === ""));
  const [only] = prints;
  if (prints.length !== 1 || only?.is !== "print") return undefined;
  const steps: string[] = [];
  let expr: Expr = only.expr;
  // `x | is_defined` raises an error if the member is missing, which keeps the old value just as a missing JSONPath does.
  while (expr.is === "filter" && expr.name === "is_defined") expr = expr.of;
  for (;;) {
    if (expr.is === "attribute" && !METHODS.has(expr.name)) {
      steps.unshift(member(expr.name));
      expr = expr.of;
    } else if (expr.is === "item" && expr.key.is === "value") {
      const key = expr.key.value;
      if (typeof key === "string") steps.unshift(member(key));
      else if (typeof key === "bigint") steps.unshift(`[${key}]`);
      else return undefined;
      expr = expr.of;
    } else break;
  }
  return expr.is === "name" && expr.name === "value_json" && steps.length ? `$${steps.join("")}` : undefined;
}
