import type { PyValue } from "./values";

export type Expr =
  | { is: "value"; value: PyValue }
  | { is: "name"; name: string }
  | { is: "list"; items: Expr[] }
  | { is: "tuple"; items: Expr[] }
  | { is: "dict"; pairs: [Expr, Expr][] }
  | { is: "attribute"; of: Expr; name: string }
  | { is: "item"; of: Expr; key: Expr }
  | { is: "slice"; of: Expr; from: Expr | undefined; to: Expr | undefined; step: Expr | undefined }
  | { is: "call"; of: Expr; args: Args }
  | { is: "filter"; name: string; of: Expr; args: Args }
  | { is: "test"; name: string; of: Expr; args: Args; not: boolean }
  | { is: "unary"; sign: "-" | "+" | "not"; of: Expr }
  | { is: "binary"; sign: string; left: Expr; right: Expr }
  | { is: "compare"; first: Expr; rest: [string, Expr][] }
  | { is: "and"; left: Expr; right: Expr }
  | { is: "or"; left: Expr; right: Expr }
  | { is: "if"; test: Expr; yes: Expr; no: Expr | undefined };

export interface Args {
  list: Expr[];
  named: [string, Expr][];
}

/** The target of a `set` or a `for`: a name, several names, or a member of a namespace. */
export type Target =
  | { is: "name"; name: string }
  | { is: "names"; items: Target[] }
  | { is: "member"; of: string; name: string };

export type Stmt =
  | { is: "text"; text: string }
  | { is: "print"; expr: Expr }
  | { is: "if"; branches: [Expr, Stmt[]][]; otherwise: Stmt[] }
  | { is: "for"; target: Target; of: Expr; where: Expr | undefined; body: Stmt[]; otherwise: Stmt[] }
  | { is: "set"; target: Target; expr: Expr }
  | { is: "setBlock"; target: Target; body: Stmt[] }
  | { is: "with"; pairs: [Target, Expr][]; body: Stmt[] }
  | { is: "macro"; name: string; parameters: (readonly [name: string, otherwise: Expr | undefined])[]; body: Stmt[] }
  | { is: "do"; expr: Expr }
  | { is: "continue" }
  | { is: "break" };
