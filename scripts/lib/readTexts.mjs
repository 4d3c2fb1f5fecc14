/**
 * What a source file says to people, and which texts of the catalogue it uses: read from its syntax, since a search by words cannot tell
 * a label from a class name. Shared by the lint and by what looks for the texts that a page needs.
 */
import { readFileSync } from "node:fs";
import { parseSync } from "@swc/core";

/** Attributes that people see or hear: every word in them is a text. */
const SPOKEN = new Set(
  `action alt aria-description aria-label aria-roledescription aria-valuetext aside description hint label lead note
   placeholder summary title what`.split(/\s+/),
);
/** Members of objects that people read, a single word too. */
const SPOKEN_MEMBERS = new Set(["description", "hint", "label", "note", "summary", "title"]);
const KEY = /^[a-z][a-zA-Z]*\.[a-z][a-zA-Z0-9]*$/;
/** Members that hold a row of the documentation, and headers of HTTP. */
const NOT_SHOWN = /^(reads|[A-Z][A-Za-z]*(-[A-Z][A-Za-z]*)+)$/;
/** Attributes that never hold a text, whatever they look like. */
const SILENT =
  /^(className|class|style|id|key|href|src|d|viewBox|points|transform|pattern|accept|sizes|media|aria-keyshortcuts|data-.*)$/;
/** What is written into these is shown as it is, in every language. */
const CODE_ELEMENTS = new Set(["code", "kbd", "pre", "samp", "style", "script"]);
/** Calls whose strings are not for people's eyes on a page: styles, logs, errors that a log shows, selectors, routes. */
const SILENT_CALLS = new Set([
  "cx",
  "call",
  "require",
  "querySelector",
  "querySelectorAll",
  "closest",
  "matches",
  "matchMedia",
  // A description in a schema: of the API and for editors.
  "describe",
  // Signatures of functions.
  "registerOperator",
  // A name for who reads the code.
  "Symbol",
]);
const SILENT_OBJECTS = new Set(["console", "CSS", "Intl", "log"]);
const ERRORS = /Error$/;
/** How a text is asked for: lib/texts/t.ts and components/ui/rich.ts. */
const ASKS = new Set(["t", "rich"]);
/** Names a text without asking for it: lib/texts/said.ts. */
const SAYS = "say";
/** Names an action of the audit trail, which is written like a key and is none. */
const AUDITS = "audit";
const FUNCTIONS = new Set([
  "ArrowFunctionExpression",
  "ClassMethod",
  "Constructor",
  "FunctionDeclaration",
  "FunctionExpression",
  "GetterProperty",
  "MethodProperty",
  "PrivateMethod",
  "SetterProperty",
]);
/** Says, on the line itself or the one above, that what looks like a text is none: with its reason. */
const EXEMPT = /\bnot a text: \S/;

const WORD = /\p{L}{2,}/u;
/** The name of the product is the same in every language. */
const NAME = "Telltale";
const STARTS_LIKE_A_SENTENCE = /^[“"'(]?\p{Lu}\p{Ll}+/u;
const ENDS_LIKE_A_SENTENCE = /\p{L}[.?!…:,]$/u;
const PLAIN_WORD = /^[(“"'’]?\p{L}[\p{L}’']*[)”"'’]?[.,;:?!…]*$/u;

/** Whether a string is written for people: a sentence, or words. Keys, class names, paths and ids are none. */
export function looksLikeText(text) {
  const trimmed = text.trim();
  if (!WORD.test(trimmed) || trimmed === NAME) return false;
  const words = trimmed.split(/\s+/);
  if (words.length === 1) return STARTS_LIKE_A_SENTENCE.test(trimmed) && !/[a-z][A-Z]|[/_=<>{}[\]]|\.\w/.test(trimmed);
  if (STARTS_LIKE_A_SENTENCE.test(trimmed) || ENDS_LIKE_A_SENTENCE.test(trimmed)) return true;
  return words.filter((word) => PLAIN_WORD.test(word)).length > words.length / 2;
}

function nameOf(node) {
  if (node?.type === "Identifier") return node.value;
  if (node?.type === "OptionalChainingExpression") return nameOf(node.base);
  return node?.type === "MemberExpression" ? node.property?.value : undefined;
}

const isSilentCall = (callee) =>
  SILENT_CALLS.has(nameOf(callee)) ||
  (callee?.type === "MemberExpression" && SILENT_OBJECTS.has(nameOf(callee.object)));

/** Of a file: its literal texts, the keys that it names, those that it asks for while it is loaded, and what it imports. */
export function readTexts(path, source = readFileSync(path, "utf8")) {
  const bytes = Buffer.from(source);
  const ast = parse(path, source);
  // swc counts bytes from 1, and goes on counting from file to file; the module's span begins at its first token.
  const lead = Buffer.byteLength(leadOf(source));
  const base = ast.span.start - lead;
  const lines = source.split("\n");
  const found = {
    path,
    literals: [],
    keys: new Set(),
    asked: new Set(),
    reads: false,
    early: [],
    imports: [],
    client: /^["']use client["']/.test(source),
    bytes,
    ast,
    base,
  };

  const at = (span) => ({ start: span.start - base, end: span.end - base });
  const lineOf = (offset) => bytes.subarray(0, offset).toString().split("\n").length;
  const exempt = (line) => EXEMPT.test(lines[line - 1] ?? "") || EXEMPT.test(lines[line - 2] ?? "");
  const literal = (node, kind, text, ctx) => {
    const place = at(node.span);
    const line = lineOf(place.start + (kind === "jsx" ? Buffer.byteLength(/^\s*/.exec(node.raw ?? node.value)[0]) : 0));
    if (!exempt(line)) found.literals.push({ ...place, kind, text, line, early: !ctx.inside, node });
  };

  const walkAll = (nodes, ctx) => {
    for (const node of nodes ?? []) walk(node?.expression && !node.type ? node.expression : node, ctx);
  };

  function walk(node, ctx) {
    if (node === null || typeof node !== "object") return;
    if (Array.isArray(node)) return walkAll(node, ctx);
    if (FUNCTIONS.has(node.type)) ctx = { ...ctx, inside: true };
    switch (node.type) {
      case "ImportDeclaration":
        if (!node.typeOnly && !(node.specifiers.length > 0 && node.specifiers.every((s) => s.isTypeOnly)))
          found.imports.push(node.source.value);
        return;
      case "ExportAllDeclaration":
        found.imports.push(node.source.value);
        return;
      case "ExportNamedDeclaration":
        if (node.source && !node.typeOnly) found.imports.push(node.source.value);
        return node.source ? undefined : walkAll(node.specifiers, ctx);
      case "TsLiteralType":
      case "TsTypeAliasDeclaration":
      case "TsInterfaceDeclaration":
      case "TsTypeAnnotation":
      case "TsTypeParameterInstantiation":
        return;
      case "StringLiteral":
        found.keys.add(node.value);
        if (!ctx.silent && (ctx.spoken ? WORD.test(node.value) && node.value !== NAME : looksLikeText(node.value)))
          literal(node, ctx.attribute ? "attribute" : "string", node.value, ctx);
        return;
      case "TemplateLiteral": {
        const text = node.quasis.map((q) => q.cooked ?? q.raw).join("{}");
        if (node.expressions.length > 0) found.keys.add(`${node.quasis[0].cooked}*`);
        if (
          !ctx.silent &&
          (ctx.spoken
            ? WORD.test(text)
            : WORD.test(text.replaceAll("{}", " ")) && looksLikeText(text.replaceAll("{}", "x")))
        )
          literal(node, "template", text, ctx);
        return walkAll(node.expressions, { ...ctx, spoken: false, attribute: false });
      }
      case "TaggedTemplateExpression":
        return walkAll(node.template.expressions, ctx);
      case "JSXText":
        if (!ctx.code && WORD.test(node.value) && node.value.trim() !== NAME) literal(node, "jsx", node.value, ctx);
        return;
      case "JSXElement": {
        for (const attribute of node.opening.attributes) {
          if (attribute.type !== "JSXAttribute") walk(attribute.arguments ?? attribute, ctx);
          else {
            const name = attribute.name.value ?? `${attribute.name.namespace?.value}:${attribute.name.name?.value}`;
            walk(attribute.value, {
              ...ctx,
              silent: ctx.silent || SILENT.test(name),
              spoken: SPOKEN.has(name) && attribute.value?.type === "StringLiteral",
              attribute: attribute.value?.type === "StringLiteral",
            });
          }
        }
        const inner = { ...ctx, silent: false, code: ctx.code || CODE_ELEMENTS.has(node.opening.name.value) };
        return walkAll(node.children, inner.code ? { ...inner, silent: true } : inner);
      }
      case "CallExpression": {
        if (node.callee.type === "Import") {
          const to = node.arguments[0]?.expression;
          if (to?.type === "StringLiteral") found.imports.push(to.value);
          return;
        }
        if (node.callee.type === "Identifier" && node.callee.value === "inWords") found.reads = true;
        if (node.callee.type === "Identifier" && (ASKS.has(node.callee.value) || node.callee.value === SAYS)) {
          const key = node.arguments[0]?.expression;
          if (key?.type === "StringLiteral") found.asked.add(key.value);
          if (!ctx.inside && ASKS.has(node.callee.value)) found.early.push(lineOf(at(node.span).start));
        }
        // A list of words, written as one.
        walk(node.callee, nameOf(node.callee) === "split" ? { ...ctx, silent: true } : ctx);
        if (node.callee.type === "Identifier" && node.callee.value === AUDITS)
          return walkAll(node.arguments.slice(1), ctx);
        return walkAll(node.arguments, isSilentCall(node.callee) ? { ...ctx, silent: true } : ctx);
      }
      case "NewExpression":
        return walkAll(
          node.arguments,
          ERRORS.test(nameOf(node.callee) ?? "") || nameOf(node.callee?.object) === "Intl"
            ? { ...ctx, silent: true }
            : ctx,
        );
      case "BinaryExpression":
        // A comparison is with what a program writes.
        if (/^[!=]==?$|^in$/.test(node.operator)) ctx = { ...ctx, silent: true };
        walk(node.left, ctx);
        return walk(node.right, ctx);
      case "SwitchCase":
        walk(node.test, { ...ctx, silent: true });
        return walkAll(node.consequent, ctx);
      case "MemberExpression":
        walk(node.object, ctx);
        return node.property?.type === "Computed"
          ? walk(node.property.expression, { ...ctx, silent: true })
          : undefined;
      case "KeyValueProperty": {
        const name = node.key.value;
        if (typeof name === "string" && (SILENT.test(name) || NOT_SHOWN.test(name)))
          return walk(node.value, { ...ctx, silent: true });
        const spoken = SPOKEN_MEMBERS.has(name) && node.value.type === "StringLiteral" && !KEY.test(node.value.value);
        return walk(node.value, spoken ? { ...ctx, spoken } : ctx);
      }
      case "ExpressionStatement":
        if (node.expression.type === "StringLiteral") return;
        return walk(node.expression, ctx);
      default:
        for (const [name, value] of Object.entries(node))
          if (name !== "span" && name !== "typeAnnotation" && value && typeof value === "object")
            Array.isArray(value) ? walkAll(value, ctx) : walk(value, ctx);
    }
  }
  walkAll(ast.body, { inside: false, silent: false, spoken: false, attribute: false, code: false });
  return found;
}

function parse(path, source) {
  try {
    return parseSync(source, { syntax: "typescript", tsx: path.endsWith(".tsx"), target: "es2022" });
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error.message}`);
  }
}

/** Blank lines and comments before a file's first token. */
function leadOf(source) {
  return /^(?:\s|\/\/[^\n]*\n?|\/\*[\s\S]*?\*\/)*/.exec(source)?.[0] ?? "";
}
