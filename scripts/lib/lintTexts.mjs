/** What `npm run check` finds wrong with interface texts. Each fault names its file and line, and says what to do. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { readTexts } from "./readTexts.mjs";
import { ROOT } from "./root.mjs";

/** Whose texts are in the catalogue. */
const FOLDERS = ["app", "components"];
/** Where keys are named as well. */
const ALSO_READ = ["lib", "server"];
/**
 * Namespaces that most pages do not hold, and the folders that show them: keys that lib/ holds beside a schema, and what the server makes
 * words of itself. `about` is written into the schemas, `problem` into answers over HTTP, `notice` into the layout of the pages, and
 * `template` into the replies to commands (server/sockets/pageWords.ts).
 */
const SHOWN_BY = JSON.parse(readFileSync(join(ROOT, "lib/texts/shownBy.json"), "utf8"));

const isSource = (path) =>
  /\.tsx?$/.test(path) && !/\.(test|harness|d)\.tsx?$/.test(path) && !path.includes("/compiled/");

/** Every source file that may name a text, relative to the root, read once. */
export function readSources(root = ROOT) {
  const paths = [...FOLDERS, ...ALSO_READ]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => `${folder}/${path}`))
    .map((path) => path.replaceAll("\\", "/"))
    .filter(isSource)
    .sort();
  return new Map(paths.map((path) => [path, readTexts(path, readFileSync(join(root, path), "utf8"))]));
}

/** A key, or what a key begins with. */
const KEY = /^[a-z][a-zA-Z]*\.[a-z]?[a-zA-Z0-9]*\*?$/;
const isIn = (path, folder) => path.startsWith(`${folder}/`);
const keysOf = (catalogue) =>
  Object.entries(catalogue).flatMap(([space, texts]) => Object.keys(texts).map((name) => `${space}.${name}`));

/** Literal texts outside the catalogue, and texts asked for while a module is loaded. */
export function literalFaults(sources) {
  const faults = [];
  for (const [path, { literals, early }] of sources) {
    if (!FOLDERS.some((folder) => isIn(path, folder))) continue;
    for (const line of early)
      faults.push(
        `${path}:${line}: a text is asked for while the module is loaded, once for all readers: keep its key (PlainKey) and ask where it is shown`,
      );
    for (const { line, text } of literals)
      faults.push(
        `${path}:${line}: "${text.trim().replace(/\s+/g, " ")}" is a text of its own: put it into messages/en.json and write t("namespace.name"); or, above it, // not a text: why`,
      );
  }
  return faults;
}

/** Texts that nobody asks for, and keys that are not there. */
export function keyFaults(sources, catalogue) {
  const keys = new Set(keysOf(catalogue));
  const spaces = Object.keys(catalogue).join("|");
  const named = new Set([...sources.values()].flatMap((file) => [...file.keys]));
  const begun = [...named].filter((name) => name.endsWith("*") && name.includes(".")).map((name) => name.slice(0, -1));
  const unused = [...keys].filter((key) => !named.has(key) && !begun.some((start) => key.startsWith(start)));
  const faults = unused.map((key) => `messages/en.json: nothing asks for "${key}"`);
  const keyLike = new RegExp(`^(${spaces})\\.[a-z][a-zA-Z0-9]*$`);
  for (const [path, file] of sources)
    for (const name of file.asked)
      if (keyLike.test(name) && !keys.has(name)) faults.push(`${path}: there is no text "${name}"`);
  return faults;
}

function resolve(from, specifier, sources) {
  const path = specifier.startsWith("@/")
    ? specifier.slice(2)
    : specifier.startsWith(".")
      ? posix.join(dirname(from), specifier)
      : undefined;
  return (
    path && ["", ".ts", ".tsx", "/index.ts", "/index.tsx"].map((end) => path + end).find((one) => sources.has(one))
  );
}

/** Its keys become words elsewhere. */
const onlySays = (path, { imports }) =>
  /^(server|lib)\//.test(path) && imports.some((one) => one.endsWith("texts/said"));

/** The namespaces of what is said by its key: whoever makes words of such texts needs them all. */
function saidSpaces(sources, known) {
  const said = new Set();
  for (const [path, file] of sources)
    if (onlySays(path, file))
      for (const name of file.keys) {
        const space = name.slice(0, name.indexOf("."));
        if (known.has(name) && !SHOWN_BY[space]) said.add(space);
      }
  return said;
}

/** The namespaces that the browser's part of a file, and of all that it imports, asks for: behind "use client" everything runs there. */
function spacesOf(entry, sources, spaces, said) {
  const seen = new Set();
  const needed = new Map();
  const carried = new Map();
  const open = [[entry, false]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [path, within] = next;
    const file = sources.get(path);
    const client = within || file.client;
    if (seen.has(`${path} ${client}`)) continue;
    seen.add(`${path} ${client}`);
    if (client && file.reads && !path.startsWith("lib/texts/"))
      for (const space of said) if (!needed.has(space)) needed.set(space, path);
    for (const name of client ? file.keys : []) {
      const space = name.slice(0, name.indexOf("."));
      const isCarried = isIn(path, "lib") && SHOWN_BY[space];
      if (!isCarried && onlySays(path, file)) continue;
      const kept = isCarried ? carried : needed;
      if (spaces.has(space) && KEY.test(name) && !kept.has(space)) kept.set(space, path);
    }
    for (const specifier of file.imports) {
      const to = resolve(path, specifier, sources);
      if (to) open.push([to, client]);
    }
  }
  for (const [space, path] of carried)
    if (SHOWN_BY[space].some((folder) => [...seen].some((one) => one.endsWith(" true") && isIn(one, folder))))
      needed.set(space, path);
  return needed;
}

const GIVEN = /\btextsOf\(([^)]*)\)/g;
const givenBy = (file) =>
  [...file.bytes.toString().matchAll(GIVEN)].flatMap(([, names]) =>
    [...names.matchAll(/"([^"]+)"/g)].map(([, name]) => name),
  );

/** Pages whose part in the browser asks for a namespace that neither they nor a layout above them gives. */
export function pageFaults(sources, catalogue) {
  const spaces = new Set(Object.keys(catalogue));
  const said = saidSpaces(sources, new Set(keysOf(catalogue)));
  const faults = [];
  for (const path of sources.keys()) {
    if (!/^app\/(.*\/)?(page|layout|not-found|error)\.tsx$/.test(path)) continue;
    const given = new Set();
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder))
      for (const name of [path, `${folder}/layout.tsx`]) {
        const file = sources.get(name);
        if (file) for (const space of givenBy(file)) given.add(space);
      }
    for (const [space, by] of spacesOf(path, sources, spaces, said))
      if (!given.has(space))
        faults.push(`${path}: ${by} asks for texts of "${space}": give them, <PageTexts texts={textsOf("${space}")}>`);
  }
  return faults;
}
