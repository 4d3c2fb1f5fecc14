/** The names by which the CEL library speaks of signs, as people write them. What is not here is a word: "a string", "a number". */
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

/** What the library says of its tokens, in words: "Expected RPAREN, got EOF" is "it ends where ) should stand". */
export function sayTokens(message: string): string {
  const [, wanted, met] = /^(?:Expected ([A-Z]+), got|Unexpected token:) ([A-Z]+)$/.exec(message) ?? [];
  if (met === undefined) return message;
  if (met === "EOF") return wanted === undefined ? "it ends too early" : `it ends where ${sign(wanted)} is expected`;
  return wanted === undefined ? `${sign(met)} is not allowed here` : `${sign(met)} where ${sign(wanted)} is expected`;
}
