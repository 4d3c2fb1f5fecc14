import { type ASTNode, Environment } from "@marcbachmann/cel-js";
import type { Json } from "../decoders/decoder";
import { err, ok, type Result } from "../result";
import { asWording, type Said, type SaidText, say } from "../texts/said";
import { sayTokens } from "./tokens";

/**
 * CEL (https://cel.dev), by @marcbachmann/cel-js, which interprets a tree and generates no code. All numbers of a payload are doubles.
 * So that people may write `value * 2`, an int beside a double is converted, and a literal int in a division is a double: `9 / 5` is 1.8.
 * Bounded: no regular expressions, no nested comprehensions, and comprehensions over small payloads only.
 */
export interface Expression {
  readonly text: string;
  /** Never throws: the error is returned, and names the expression. */
  evaluate(variables: Variables): Result<Json, Said>;
}

export interface Variables {
  value?: Json;
  payload?: Json;
}

const LIMITS = { maxAstNodes: 200, maxDepth: 32, maxListElements: 100, maxMapEntries: 100, maxCallArguments: 8 };
/** A macro visits each element: with 200 nodes this bounds it to a few milliseconds. */
const MAX_ELEMENTS = 1000;
const MAX_MACRO_TEXT = 16_384;

const ARITHMETIC: Record<string, (a: number, b: number) => number> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
};

function environment(variables: readonly string[]): Environment {
  const made = new Environment({ unlistedVariablesAreDyn: false, limits: LIMITS });
  for (const [sign, apply] of Object.entries(ARITHMETIC)) {
    made.registerOperator(`double ${sign} int: double`, (a: number, b: bigint) => apply(a, Number(b)));
    made.registerOperator(`int ${sign} double: double`, (a: bigint, b: number) => apply(Number(a), b));
  }
  // For `value % 2`: CEL itself defines % for ints only.
  made.registerOperator("double % double: double", (a: number, b: number) => a % b);
  for (const name of variables) made.registerVariable(name, "dyn");
  return made;
}

/** The variables of an expression by where it is used: for a value that was read, for one to send, for a whole message. */
const SCOPES = { reading: ["value", "payload"], command: ["value"], message: ["payload"] } as const;
export type Scope = keyof typeof SCOPES;

const environments = Object.fromEntries(
  Object.entries(SCOPES).map(([scope, variables]) => [scope, environment(variables)]),
) as Record<Scope, Environment>;

/** Compiles an expression. The error says what is wrong and where: "…, at character 7". */
export function compileCel(text: string, scope: Scope): Result<Expression, Said> {
  const env = environments[scope];
  let program: ReturnType<Environment["parse"]>;
  let macros: number;
  try {
    program = env.parse(withDoubleDivision(text, env.parse(text).ast));
    const looked = look(program.ast, 0);
    if (!looked.ok) return looked;
    macros = looked.value;
    const checked = program.check();
    if (!checked.valid) return err(said(checked.error, scope));
  } catch (cause) {
    return err(said(cause, scope));
  }
  return ok({
    text,
    evaluate(variables) {
      if (macros > 0) {
        const size = tooLarge(variables);
        if (size) return err(failed(text, size));
      }
      try {
        const made = toJson(program({ ...variables }), 0);
        return made.ok ? made : err(failed(text, made.error));
      } catch (cause) {
        return err(failed(text, said(cause, scope)));
      }
    },
  });
}

const failed = (transform: string, why: Said): SaidText => say("reject.transformFailed", { transform, why });

/** The library's message without its picture of the line; where it stands is said in words. */
function said(cause: unknown, scope: Scope): Said {
  if (!(cause instanceof Error)) return asWording(String(cause));
  const [first = "", ...picture] = cause.message.split("\n");
  const caret = picture.find((line) => /^\s*\^\s*$/.test(line));
  const line = picture.find((one) => /^>\s*\d+ \| /.test(one));
  const at = caret && line ? caret.indexOf("^") - line.indexOf("| ") - 1 : undefined;
  const unknown = /^Unknown variable: (.*)$/.exec(first);
  const names = SCOPES[scope].join(" and ");
  const message = unknown ? say("reject.noVariable", { name: unknown[1] ?? "", names }) : sayTokens(first);
  return at === undefined ? message : say("reject.atCharacter", { message, at });
}

type Node = ASTNode;
const isNode = (part: unknown): part is Node =>
  typeof part === "object" && part !== null && "op" in part && "args" in part;

function children(node: Node): Node[] {
  const found: Node[] = [];
  const collect = (part: unknown): void => {
    if (isNode(part)) found.push(part);
    else if (Array.isArray(part)) part.forEach(collect);
  };
  collect(node.args);
  return found;
}

/** The library reads a duration by a regular expression whose time grows with the cube of the text: a message's must not reach it. */
const MAX_DURATION_TEXT = 40;

function isShortText(args: unknown): boolean {
  const [only] = Array.isArray(args) ? (args as unknown[]) : [];
  const text = isNode(only) && only.op === "value" ? (only.args as unknown) : undefined;
  return typeof text === "string" && text.length <= MAX_DURATION_TEXT;
}

const MACROS = new Set(["map", "filter", "all", "exists", "exists_one"]);

/** Counts the comprehensions; refuses what cannot be bounded. */
function look(node: Node, inside: number): Result<number, SaidText> {
  const args: readonly unknown[] = Array.isArray(node.args) ? node.args : [];
  const name = node.op === "rcall" || node.op === "call" ? String(args[0]) : "";
  if (name === "matches") return err(say("reject.noMatches"));
  if (name === "duration" && !isShortText(args[1])) return err(say("reject.durationOfText"));
  const macro = node.op === "rcall" && MACROS.has(name);
  if (macro && inside > 0) return err(say("reject.macroNested", { name }));
  let count = macro ? 1 : 0;
  const [, receiver] = args;
  for (const child of children(node)) {
    // A chain (`l.filter(…).map(…)`) is not nested: the receiver before the dot is evaluated once.
    const looked = look(child, macro && child !== receiver ? inside + 1 : inside);
    if (!looked.ok) return looked;
    count += looked.value;
  }
  return ok(count);
}

/** In CEL `9 / 5` is 1, and a conversion to Fahrenheit would silently be wrong. So an int literal beside a division sign becomes 9.0. */
function withDoubleDivision(text: string, ast: Node): string {
  const ends: number[] = [];
  const walk = (node: Node): void => {
    const parts = children(node);
    if (node.op === "/")
      for (const part of parts)
        if (part.op === "value" && typeof part.args === "bigint" && /^\d+$/.test(text.slice(part.start, part.end)))
          ends.push(part.end);
    parts.forEach(walk);
  };
  walk(ast);
  return ends.sort((a, b) => b - a).reduce((made, end) => `${made.slice(0, end)}.0${made.slice(end)}`, text);
}

function tooLarge({ value = null, payload }: Variables): SaidText | undefined {
  let elements = 0;
  let characters = 0;
  const walk = (json: Json | undefined): boolean => {
    if (typeof json === "string") {
      characters += json.length;
      return characters <= MAX_MACRO_TEXT;
    }
    if (typeof json !== "object" || json === null) return true;
    for (const item of Array.isArray(json) ? json : Object.values(json))
      if (++elements > MAX_ELEMENTS || !walk(item)) return false;
    return true;
  };
  return walk(payload ?? value) && walk(value) ? undefined : say("reject.tooManyElements", { most: MAX_ELEMENTS });
}

/** The result of an expression as JSON. Ints that a double cannot hold exactly become text. */
function toJson(made: unknown, depth: number): Result<Json, SaidText> {
  if (typeof made === "bigint")
    return ok(made >= -9007199254740991n && made <= 9007199254740991n ? Number(made) : String(made));
  if (typeof made === "number")
    return Number.isFinite(made) ? ok(made + 0) : err(say("reject.givesNotFinite", { value: String(made) }));
  if (typeof made === "string" || typeof made === "boolean" || made === null) return ok(made);
  if (made instanceof Date) return ok(made.toISOString());
  if (depth < 32 && Array.isArray(made)) {
    const list: Json[] = [];
    for (const item of made) {
      const one = toJson(item, depth + 1);
      if (!one.ok) return one;
      list.push(one.value);
    }
    return ok(list);
  }
  return err(say("reject.givesNoValue"));
}
