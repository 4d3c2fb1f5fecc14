import { asWording, type Said, say } from "../texts/said";

/** The CEL library's names of operators and brackets, as people write them. Other names are words: "a string", "a number". */
const SIGNS: Readonly<Record<string, string>> = {
  PLUS: "+",
  MINUS: "-",
  MULTIPLY: "*",
  DIVIDE: "/",
  MODULO: "%",
  EQ: "==",
  NE: "!=",
  LT: "<",
  LE: "<=",
  GT: ">",
  GE: ">=",
  AND: "&&",
  OR: "||",
  NOT: "!",
  IN: "in",
  LPAREN: "(",
  RPAREN: ")",
  LBRACKET: "[",
  RBRACKET: "]",
  LBRACE: "{",
  RBRACE: "}",
  DOT: ".",
  COMMA: ",",
  COLON: ":",
  QUESTION: "?",
};

const sign = (name: string): Said =>
  Object.hasOwn(SIGNS, name) ? asWording(SIGNS[name] as string) : say("reject.signWord", { word: name.toLowerCase() });

/** The library's parse errors for people: "Expected RPAREN, got EOF" is "it ends where ) is expected". Other errors keep its words. */
export function sayTokens(message: string): Said {
  const [, wanted, met] = /^(?:Expected ([A-Z]+), got|Unexpected token:) ([A-Z]+)$/.exec(message) ?? [];
  if (met === undefined) return asWording(message.replace(/^[A-Z]/, (letter) => letter.toLowerCase()));
  if (met === "EOF")
    return wanted === undefined ? say("reject.signTooEarly") : say("reject.signAtEnd", { wanted: sign(wanted) });
  return wanted === undefined
    ? say("reject.signNotAllowed", { sign: sign(met) })
    : say("reject.signWrong", { sign: sign(met), wanted: sign(wanted) });
}
