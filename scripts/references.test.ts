import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { allContracts } from "../lib/api/contracts";

const ROOT = resolve(import.meta.dirname, "..");
const SOURCES = ["app", "bench", "components", "docs", "e2e", "fuzz", "lib", "messages", "scripts", "server"];
const GENERATED = /^(e2e\/results|server\/testing\/upgrade-)/;

const files = [
  ...readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : [])),
  ...SOURCES.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [join(entry.parentPath, entry.name).slice(ROOT.length + 1)] : [],
    ),
  ),
].filter((file) => !GENERATED.test(file));
const known = new Set(files);
const names = new Set(files.map((file) => basename(file)));
const folders = new Set(
  files.flatMap((file) => {
    const parts = dirname(file).split("/");
    return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
  }),
);

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const spec = read("lib/SPEC.md");
const rules = new Set([...spec.matchAll(/^- ([A-Z]{2}-\d+):/gm)].map((match) => match[1]));
const sections = new Set([...rules].map((rule) => rule?.slice(0, 2)));
/** Named by the specification itself, to say that they are no rules. */
const NO_RULES = new Set(["LV-3", "FR-9", "DC-33"]);
/** Stand for any name. */
const MADE_UP = new Set(["camelCase.ts", "PascalCase.tsx", "Name.tsx", "somethingWorker.ts"]);

/** The comments of a source, or the whole of a page for people. */
function proseOf(file: string): string {
  const text = read(file);
  if (file.endsWith(".md")) return text;
  const comments = /\.(tsx?|mjs|css)$/.test(file)
    ? text.match(/\/\*[\s\S]*?\*\/|(?<![:"'`\w])\/\/.*$/gm)
    : text.match(/(?<![\w&"'])#.*$/gm);
  return (comments ?? []).join("\n");
}

const readable = files.filter(
  (file) => /\.(md|tsx?|mjs|css|ya?ml)$|^(Dockerfile|\.npmrc|\.dockerignore)$/.test(file) && file !== "CHANGELOG.md",
);
const prose = new Map(readable.map((file) => [file, proseOf(file)]));

/** Every match in the prose of the repository for which this says what is wrong, with its file. */
const faults = (pattern: RegExp, wrong: (found: string, file: string, next: string) => boolean): string[] =>
  [...prose].flatMap(([file, text]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const found = match[1] ?? match[0];
      return wrong(found, file, text[match.index + match[0].length] ?? "") ? [`${file}: ${found}`] : [];
    }),
  );

/** A path from the root or from the file that names it; of a file also without its ending, as an import has it. */
function isThere(path: string, from: string): boolean {
  return [path, normalize(join(dirname(from), path))].some(
    (at) => known.has(at) || folders.has(at) || files.some((file) => file.startsWith(`${at}.`)),
  );
}

describe("HS-8: what documentation and comments name is there", () => {
  test("the prose of the repository was read", () => {
    expect(prose.size).toBeGreaterThan(900);
    expect([...prose.values()].join("").length).toBeGreaterThan(400_000);
  });

  test("every file and folder that is named by its path", () => {
    const segment = String.raw`(?:\(\w+\)|(?:[\w.-]|\[[\w.]+\])+)`;
    const path = new RegExp(String.raw`(?<![\w@/.:-]|\]\()((?:${SOURCES.join("|")})(?:/${segment})+)/?`, "g");
    expect(
      faults(path, (found, file, next) => !/[*<{…]/.test(next) && !isThere(found.replace(/[.-]+$/, ""), file)),
    ).toEqual([]);
  });

  test("every file that is named by its name", () => {
    const name = /(?<![\w/.@*-])(\w[\w-]*\.(?:(?:integration\.)?(?:test|spec)\.)?(?:tsx?|mjs|md|css))\b(?![\w/])/g;
    expect(faults(name, (found) => !names.has(found) && !MADE_UP.has(found))).toEqual([]);
  });

  test("every numbered rule", () => {
    const number = /\b[A-Z]{2}-\d+\b/g;
    expect(
      faults(number, (found) => sections.has(found.slice(0, 2)) && !rules.has(found) && !NO_RULES.has(found)),
    ).toEqual([]);
  });

  test("every command of npm", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    expect(faults(/\bnpm run ([\w:]+)/g, (found) => !(found in scripts))).toEqual([]);
  });

  test("every route", () => {
    const routes = new Set(allContracts.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`));
    // Routes that are no part of the API.
    const others = new Set(["GET /healthz", "GET /readyz", "GET /metrics", "GET /schemas/telltale.json"]);
    const route = /`((?:GET|POST|PUT|PATCH|DELETE) \/[\w/{}.-]*)/g;
    expect(
      faults(route, (found) => {
        const plain = found.replace("/api/v1", "").replaceAll(/\{\w+\}/g, "{}");
        return !routes.has(plain) && !others.has(plain);
      }),
    ).toEqual([]);
  });

  test("no section of a design page that is not here", () => {
    expect(faults(/[^\n]*\bdesign\b[^\n]*§[^\n]*/gi, () => true)).toEqual([]);
  });
});
