/**
 * A text as icu-minify compiles it: nested lists in which the second place says what a node is. Read by the few lines below instead of
 * icu-minify/format, which also writes dates and named formats; the test compares the two (docs/decisions/texts.md).
 */
export type CompiledText = string | readonly CompiledNode[];
export type CompiledNode = string | number | readonly [name: string, ...rest: readonly unknown[]];

const SELECT = 1;
const PLURAL = 2;
const ORDINAL = 3;
const NUMBER = 4;

type Values = Readonly<Record<string, unknown>>;
type Branches = Readonly<Record<string, CompiledText | number>>;
type Tag = (inside: readonly unknown[]) => unknown;

const rules = new Map<string, Intl.PluralRules>();
const numbers = new Map<string, Intl.NumberFormat>();

function pluralOf(locale: string, type: "cardinal" | "ordinal", value: number): string {
  const key = `${locale} ${type}`;
  let found = rules.get(key);
  if (!found) {
    found = new Intl.PluralRules(locale, { type });
    rules.set(key, found);
  }
  return found.select(value);
}

function numberText(locale: string, style: Intl.NumberFormatOptions | undefined, value: number): string {
  const key = `${locale} ${style ? JSON.stringify(style) : ""}`;
  let found = numbers.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale, style);
    numbers.set(key, found);
  }
  return found.format(value);
}

/** The parts of a text: strings, and between them what tags and arguments give that are not strings. */
export function formatParts(nodes: readonly CompiledNode[], locale: string, values: Values, pound = 0): unknown[] {
  return nodes.flatMap((node): unknown => {
    if (typeof node === "string") return node;
    // 0 stands for the number that a plural is about.
    if (typeof node === "number") return numberText(locale, undefined, pound);
    const [name, kind, detail] = node;
    const value = values[name];
    if (kind === undefined) return [typeof value === "number" ? String(value) : value];
    if (kind === NUMBER) return numberText(locale, detail as Intl.NumberFormatOptions | undefined, value as number);
    if (kind === SELECT || kind === PLURAL || kind === ORDINAL) {
      const branches = detail as Branches;
      const branch =
        kind === SELECT
          ? branches[String(value)]
          : (branches[`=${value}`] ??
            branches[pluralOf(locale, kind === PLURAL ? "cardinal" : "ordinal", value as number)]);
      const chosen = branch ?? branches.other ?? "";
      return formatParts(
        Array.isArray(chosen) ? chosen : [chosen as string | number],
        locale,
        values,
        kind === SELECT ? pound : (value as number),
      );
    }
    // A tag: everything behind its name is what it holds.
    return [(value as Tag)(formatParts(node.slice(1) as CompiledNode[], locale, values, pound))];
  });
}
