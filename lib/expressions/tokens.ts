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

const sign = (name: string): string =>
  Object.hasOwn(SIGNS, name) ? (SIGNS[name] as string) : `a ${name.toLowerCase()}`;

/** Rewrites the library's parse errors for people: "Expected RPAREN, got EOF" becomes "it ends where ) is expected". */
export function sayTokens(message: string): string {
  const [, wanted, met] = /^(?:Expected ([A-Z]+), got|Unexpected token:) ([A-Z]+)$/.exec(message) ?? [];
  if (met === undefined) return message;
  if (met === "EOF") return wanted === undefined ? "it ends too early" : `it ends where ${sign(wanted)} is expected`;
  return wanted === undefined ? `${sign(met)} is not allowed here` : `${sign(met)} where ${sign(wanted)} is expected`;
}
