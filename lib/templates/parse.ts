import { say } from "../texts/said";
import type { Expr, Stmt } from "./ast";
import { LIMITS } from "./budget";
import { splitTemplate } from "./lex";
import { createExprParser, type ExprParser } from "./parseExpr";
import { TemplateFault } from "./values";

/** Parses a template into statements; throws TemplateFault if it is invalid. Includes, imports and inheritance are refused. */
export function parseTemplateSource(source: string): Stmt[] {
  if (source.length > LIMITS.source) throw new TemplateFault(say("schema.templateTooLong"));
  const pieces = splitTemplate(source);
  let at = 0;
  let depth = 0;

  /** Reads statements up to one of the words in `ends`, and returns that word to the caller. */
  function block(ends: readonly string[]): { body: Stmt[]; end: string; parser: ExprParser | undefined } {
    if (++depth > LIMITS.depth) throw new TemplateFault(say("schema.templateTooDeep"));
    const body: Stmt[] = [];
    for (;;) {
      const piece = pieces[at++];
      if (!piece) {
        if (ends.length) throw new TemplateFault(say("schema.templateTagMissing", { tag: ends.at(-1) ?? "" }));
        depth--;
        return { body, end: "", parser: undefined };
      }
      if (piece.kind === "text") body.push({ is: "text", text: piece.text });
      else if (piece.kind === "print") body.push({ is: "print", expr: whole(createExprParser(piece.text)) });
      else {
        const parser = createExprParser(piece.text);
        const word = parser.name();
        if (ends.includes(word)) {
          depth--;
          return { body, end: word, parser };
        }
        const read = STATEMENTS[word];
        if (!read) throw new TemplateFault(say("schema.templateTagUnknown", { tag: word }));
        body.push(read(parser));
      }
    }
  }

  const whole = (parser: ExprParser): Expr => {
    const expr = parser.tuple();
    parser.expectEnd();
    return expr;
  };

  const STATEMENTS: Record<string, (parser: ExprParser) => Stmt> = {
    if(parser) {
      const branches: [Expr, Stmt[]][] = [];
      let test = whole(parser);
      for (;;) {
        const { body, end, parser: next } = block(["elif", "else", "endif"]);
        branches.push([test, body]);
        if (end === "endif") return { is: "if", branches, otherwise: [] };
        if (end === "else") return { is: "if", branches, otherwise: block(["endif"]).body };
        test = whole(next as ExprParser);
      }
    },
    for(parser) {
      const target = parser.target();
      if (!parser.takeName("in")) throw new TemplateFault(say("schema.templateForIn"));
      const of = parser.tuple(true);
      const where = parser.takeName("if") ? parser.expression() : undefined;
      parser.expectEnd();
      const { body, end } = block(["else", "endfor"]);
      const otherwise = end === "else" ? block(["endfor"]).body : [];
      return { is: "for", target, of, where, body, otherwise };
    },
    set(parser) {
      const target = parser.target();
      if (parser.takeOp("=")) return { is: "set", target, expr: whole(parser) };
      parser.expectEnd();
      return { is: "setBlock", target, body: block(["endset"]).body };
    },
    with(parser) {
      const pairs: Extract<Stmt, { is: "with" }>["pairs"] = [];
      while (!parser.atEnd()) {
        if (pairs.length && !parser.takeOp(",")) throw new TemplateFault(say("schema.templateWithComma"));
        const target = { is: "name", name: parser.name() } as const;
        if (!parser.takeOp("=")) throw new TemplateFault(say("schema.templateWithEquals"));
        pairs.push([target, parser.expression()]);
      }
      return { is: "with", pairs, body: block(["endwith"]).body };
    },
    macro(parser) {
      const name = parser.name();
      const parameters: Extract<Stmt, { is: "macro" }>["parameters"] = [];
      if (!parser.takeOp("(")) throw new TemplateFault(say("schema.templateSignMissing", { sign: "(" }));
      while (!parser.takeOp(")")) {
        if (parameters.length && !parser.takeOp(","))
          throw new TemplateFault(say("schema.templateSignMissing", { sign: ")" }));
        const parameter = parser.name();
        parameters.push([parameter, parser.takeOp("=") ? parser.expression() : undefined]);
      }
      parser.expectEnd();
      return { is: "macro", name, parameters, body: block(["endmacro"]).body };
    },
    do: (parser) => ({ is: "do", expr: whole(parser) }),
    continue: () => ({ is: "continue" }),
    break: () => ({ is: "break" }),
  };

  return block([]).body;
}
