import { type SaidText, say } from "../texts/said";
import type { Args, Expr, Target } from "./ast";
import { LIMITS } from "./budget";
import { type Token, tokenize } from "./lex";
import { TemplateFault } from "./values";

/**
 * A recursive descent parser of Jinja expressions. Lowest precedence first: if, or, and, not, compare, + -, ~, * / // %, **, unary,
 * postfix, | and is.
 */
export interface ExprParser {
  expression(): Expr;
  /** Parses an expression, or a tuple such as `a, b`. */
  tuple(withoutIf?: boolean): Expr;
  target(): Target;
  takeName(word: string): boolean;
  takeOp(sign: string): boolean;
  name(): string;
  atEnd(): boolean;
  expectEnd(): void;
}

const COMPARE = new Set(["==", "!=", "<", ">", "<=", ">="]);
const WORDS = new Set(["and", "or", "not", "in", "is", "if", "else"]);
const CONSTANTS: Record<string, null | boolean> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};

export function createExprParser(text: string): ExprParser {
  const tokens = tokenize(text);
  let at = 0;
  let depth = 0;
  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, tokens.length - 1)] as Token;
  const isOp = (sign: string): boolean => peek().kind === "op" && peek().text === sign;
  const isName = (word: string, ahead = 0): boolean => peek(ahead).kind === "name" && peek(ahead).text === word;
  const takeOp = (sign: string): boolean => isOp(sign) && ++at > 0;
  const takeName = (word: string): boolean => isName(word) && ++at > 0;
  const fail = (why: SaidText): never => {
    const { kind, text } = peek();
    throw new TemplateFault(
      kind === "end" ? say("schema.templateAtEnd", { why }) : say("schema.templateAt", { why, text }),
    );
  };
  const expect = (sign: string): void => {
    if (!takeOp(sign)) fail(say("schema.templateSignMissing", { sign }));
  };
  function name(): string {
    if (peek().kind !== "name") fail(say("schema.templateNameMissing"));
    return (tokens[at++] as Token).text;
  }
  function nested<T>(parse: () => T): T {
    if (++depth > LIMITS.depth) fail(say("schema.expressionTooDeep"));
    const parsed = parse();
    depth--;
    return parsed;
  }

  const expression = (): Expr =>
    nested(() => {
      let expr = or();
      while (takeName("if")) {
        const test = or();
        expr = { is: "if", test, yes: expr, no: takeName("else") ? expression() : undefined };
      }
      return expr;
    });
  function or(): Expr {
    let left = and();
    while (takeName("or")) left = { is: "or", left, right: and() };
    return left;
  }
  function and(): Expr {
    let left = not();
    while (takeName("and")) left = { is: "and", left, right: not() };
    return left;
  }
  function not(): Expr {
    return isName("not") && !isName("in", 1) && takeName("not")
      ? { is: "unary", sign: "not", of: nested(not) }
      : compare();
  }
  function compare(): Expr {
    const first = sum();
    const rest: [string, Expr][] = [];
    for (;;) {
      if (peek().kind === "op" && COMPARE.has(peek().text)) rest.push([(tokens[at++] as Token).text, sum()]);
      else if (takeName("in")) rest.push(["in", sum()]);
      else if (isName("not") && isName("in", 1)) {
        at += 2;
        rest.push(["not in", sum()]);
      } else break;
    }
    return rest.length ? { is: "compare", first, rest } : first;
  }
  const leftToRight =
    (signs: readonly string[], inner: () => Expr): (() => Expr) =>
    () => {
      let left = inner();
      for (;;) {
        const sign = signs.find(isOp);
        if (sign === undefined) return left;
        at++;
        left = { is: "binary", sign, left, right: inner() };
        if (++chain > 1000) fail(say("schema.expressionTooLong"));
      }
    };
  let chain = 0;
  const powers = leftToRight(["**"], () => unary(true));
  const products = leftToRight(["*", "//", "/", "%"], powers);
  const joined = leftToRight(["~"], products);
  const sum = leftToRight(["+", "-"], joined);

  function unary(withFilters: boolean): Expr {
    const sign = isOp("-") ? "-" : isOp("+") ? "+" : undefined;
    let expr: Expr;
    if (sign) {
      at++;
      expr = { is: "unary", sign, of: nested(() => unary(false)) };
    } else expr = primary();
    expr = postfix(expr);
    return withFilters ? filters(expr) : expr;
  }

  function primary(): Expr {
    const token = peek();
    at++;
    if (token.kind === "name")
      return Object.hasOwn(CONSTANTS, token.text)
        ? { is: "value", value: CONSTANTS[token.text] as null | boolean }
        : { is: "name", name: token.text };
    if (token.kind === "int") {
      if (token.text.length > 100) fail(say("schema.numberTooLong"));
      return { is: "value", value: BigInt(token.text) };
    }
    if (token.kind === "float") return { is: "value", value: Number(token.text) };
    if (token.kind === "string") {
      let text = token.text;
      while (peek().kind === "string") text += (tokens[at++] as Token).text;
      return { is: "value", value: text };
    }
    if (token.text === "(" && token.kind === "op") {
      if (takeOp(")")) return { is: "tuple", items: [] };
      const expr = tuple();
      expect(")");
      return expr;
    }
    if (token.text === "[" && token.kind === "op") return { is: "list", items: until("]", expression) };
    if (token.text === "{" && token.kind === "op")
      return {
        is: "dict",
        pairs: until("}", () => {
          const key = expression();
          expect(":");
          return [key, expression()] as [Expr, Expr];
        }),
      };
    at--;
    return fail(say("schema.templateValueMissing"));
  }

  function until<T>(close: string, item: () => T): T[] {
    const items: T[] = [];
    while (!takeOp(close)) {
      if (items.length) {
        expect(",");
        if (takeOp(close)) break;
      }
      items.push(item());
    }
    return items;
  }

  function postfix(start: Expr): Expr {
    let expr = start;
    for (;;) {
      if (takeOp(".")) {
        if (peek().kind === "int")
          expr = { is: "item", of: expr, key: { is: "value", value: BigInt((tokens[at++] as Token).text) } };
        else expr = { is: "attribute", of: expr, name: name() };
      } else if (takeOp("[")) expr = subscript(expr);
      else if (takeOp("(")) expr = { is: "call", of: expr, args: args() };
      else return expr;
      if (++chain > 1000) fail(say("schema.expressionTooLong"));
    }
  }

  function subscript(of: Expr): Expr {
    const part = (): Expr | undefined => (isOp(":") || isOp("]") ? undefined : expression());
    const from = part();
    if (takeOp("]")) return from ? { is: "item", of, key: from } : fail(say("schema.templateIndexMissing"));
    expect(":");
    const to = part();
    const step = takeOp(":") ? part() : undefined;
    expect("]");
    return { is: "slice", of, from, to, step };
  }

  function args(): Args {
    const made: Args = { list: [], named: [] };
    until(")", () => {
      if (peek().kind === "name" && peek(1).kind === "op" && peek(1).text === "=") {
        const key = name();
        at++;
        made.named.push([key, expression()]);
      } else made.list.push(expression());
    });
    return made;
  }

  function filters(start: Expr): Expr {
    let expr = start;
    for (;;) {
      if (takeOp("|")) expr = { is: "filter", name: name(), of: expr, args: takeOp("(") ? args() : NO_ARGS };
      else if (takeName("is")) expr = test(expr);
      else if (takeOp("(")) expr = { is: "call", of: expr, args: args() };
      else return expr;
      if (++chain > 1000) fail(say("schema.expressionTooLong"));
    }
  }
  const NO_ARGS: Args = { list: [], named: [] };

  function test(of: Expr): Expr {
    const not = takeName("not");
    const which = name();
    if (takeOp("(")) return { is: "test", name: which, of, args: args(), not };
    const { kind, text: word } = peek();
    const takesOne =
      kind === "string" ||
      kind === "int" ||
      kind === "float" ||
      (kind === "name" && !WORDS.has(word)) ||
      (kind === "op" && (word === "[" || word === "{"));
    return { is: "test", name: which, of, args: takesOne ? { list: [postfix(primary())], named: [] } : NO_ARGS, not };
  }

  function tuple(withoutIf = false): Expr {
    const item = withoutIf ? or : expression;
    const first = item();
    if (!isOp(",")) return first;
    const items = [first];
    while (takeOp(",")) {
      if (peek().kind === "end" || isOp(")")) break;
      items.push(item());
    }
    return { is: "tuple", items };
  }

  function target(): Target {
    const one = (): Target => {
      if (takeOp("(")) {
        const inner = target();
        expect(")");
        return inner;
      }
      const word = name();
      return takeOp(".") ? { is: "member", of: word, name: name() } : { is: "name", name: word };
    };
    const items = [one()];
    while (takeOp(",")) items.push(one());
    return items.length === 1 ? (items[0] as Target) : { is: "names", items };
  }

  return {
    expression,
    tuple,
    target,
    takeName,
    takeOp,
    name,
    atEnd: () => peek().kind === "end",
    expectEnd() {
      if (peek().kind !== "end") fail(say("schema.templateMore"));
    },
  };
}
