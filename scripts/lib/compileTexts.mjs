/**
 * messages/en.json to what runs: the compiled texts, which pages and the server load, and the types of their keys and arguments. Both are
 * in the repository, so that a fresh clone has its types and nothing else needs the compiler; `npm run check` compares them.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";

const CATALOGUE = join(ROOT, "messages/en.json");
const COMPILED = join(ROOT, "lib/texts/compiled/en.json");
export const KEYS = join(ROOT, "lib/texts/compiled/keys.ts");

const [SELECT, PLURAL, ORDINAL, NUMBER, DATE, TIME] = [1, 2, 3, 4, 5, 6];
const KINDS = { [SELECT]: "select", [PLURAL]: "number", [ORDINAL]: "number", [NUMBER]: "number" };

/** A fault in the catalogue, with the key that it is in. */
export class TextError extends Error {}

/** The arguments that a compiled text names: `value`, `number`, `tag`, or the list of a select's branches. */
export function argumentsOf(compiled, found = new Map()) {
  if (!Array.isArray(compiled)) return found;
  for (const node of compiled) {
    if (!Array.isArray(node)) continue;
    const [name, kind, detail] = node;
    if (kind === DATE || kind === TIME)
      throw new TextError(
        `{${name}} is written as a date: give it as text, written by lib/units/time in the reader's zone`,
      );
    if (kind === NUMBER && typeof detail === "string")
      throw new TextError(`{${name}} names the format "${detail}": write it as a skeleton, as in {n, number, ::.0}`);
    const type = kind === undefined ? "value" : (KINDS[kind] ?? "tag");
    const said = type === "select" ? Object.keys(detail).sort() : type;
    const before = found.get(name);
    // {n} beside {n, plural, …} is the same number.
    if (before !== undefined && before !== "value" && said !== "value" && String(before) !== String(said))
      throw new TextError(`{${name}} is used as ${before} and as ${said}`);
    if (before === undefined || before === "value") found.set(name, said);
    if (type === "tag") argumentsOf(node.slice(1), found);
    else if (detail && typeof detail === "object" && kind !== NUMBER)
      for (const branch of Object.values(detail)) argumentsOf(branch, found);
  }
  return found;
}

const typeOf = (kind) => {
  if (kind === "number") return "number";
  if (kind === "tag") return "(inside: N) => N";
  if (kind === "value") return "V";
  const named = kind.filter((branch) => branch !== "other").map((branch) => JSON.stringify(branch));
  return [...named, ...(kind.includes("other") ? ["(string & {})"] : [])].join(" | ");
};

/** So wide the lists of keys are. */
const COLUMNS = 130;

/** An entry for each form of arguments, with all keys that take it: one for each key made a file that nobody could read. */
function typesOf(keys) {
  const byForm = new Map();
  for (const [key, form] of keys) byForm.set(form, [...(byForm.get(form) ?? []), key]);
  const entries = [...byForm].map(([form, names]) => {
    const lines = ["  Record<"];
    for (const [i, name] of names.entries()) {
      const next = `${i > 0 ? " | " : ""}"${name}"`;
      if (lines.at(-1).length + next.length <= COLUMNS) lines.push(lines.pop() + next);
      else lines.push(`   ${next}`);
    }
    return `${lines.join("\n")}, ${form}>`;
  });
  return `export interface TextArgs<V, N> extends\n${entries.join(",\n")} {}`;
}

/** Of a catalogue (namespace → name → ICU text): both files' contents. */
export function compileCatalogue(catalogue, compile) {
  const spaces = {};
  const keys = [];
  for (const [space, texts] of Object.entries(catalogue)) {
    spaces[space] = {};
    for (const [name, text] of Object.entries(texts)) {
      const key = `${space}.${name}`;
      if (!/^[a-z][a-zA-Z]*\.[a-z][a-zA-Z0-9]*$/.test(key))
        throw new TextError(`${key}: a key is namespace.name, in camelCase`);
      try {
        // The compiler's objects have no prototype, which server components cannot hand to a page.
        const compiled = JSON.parse(JSON.stringify(compile(text)));
        const args = [...argumentsOf(compiled)].sort(([a], [b]) => (a < b ? -1 : 1));
        spaces[space][name] = compiled;
        if (args.length > 0) keys.push([key, `{ ${args.map(([arg, kind]) => `${arg}: ${typeOf(kind)}`).join("; ")} }`]);
      } catch (error) {
        throw new TextError(`${key}: ${error.message}`);
      }
    }
  }
  const lines = Object.entries(spaces).map(
    ([space, texts]) =>
      `${JSON.stringify(space)}: {\n${Object.entries(texts)
        .map(([name, text]) => `${JSON.stringify(name)}: ${JSON.stringify(text)}`)
        .join(",\n")}\n}`,
  );
  return {
    compiled: `{\n${lines.join(",\n")}\n}\n`,
    keys: [
      "/** What texts with arguments are given; the keys of all are those of en.json. V is an argument as it is shown, N what stands in a tag. */",
      typesOf(keys),
      "",
    ].join("\n"),
  };
}

const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");
export const HEAD = "// Made from messages/en.json by scripts/texts.mjs: change it there.";

export const readCatalogue = () => JSON.parse(read(CATALOGUE));

/** What the two files should hold now. */
async function wanted() {
  const { default: compile } = await import("icu-minify/compile");
  const { compiled, keys } = compileCatalogue(readCatalogue(), compile);
  return { compiled, keys: `${HEAD}\n\n${keys}` };
}

export async function textsAreCompiled() {
  const { compiled, keys } = await wanted();
  return compiled === read(COMPILED) && keys === read(KEYS);
}

/**
 * Writes both files where they are not those of the catalogue. What they were made of is not noted in them: a line that each change of a
 * text changes is a conflict between any two branches, and compiling everything takes a seventh of a second.
 */
export async function compileTexts() {
  const { compiled, keys } = await wanted();
  if (compiled === read(COMPILED) && keys === read(KEYS)) return false;
  writeFileSync(COMPILED, compiled);
  writeFileSync(KEYS, keys);
  return true;
}
