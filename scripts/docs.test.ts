import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { tileKinds } from "../components/tiles/registry";
import { Broker } from "../lib/broker";
import { compileRegistration } from "../lib/compile";
import { ConfigFile } from "../lib/configFile";
import { configFileSchema } from "../lib/configFileSchema";
import { formats } from "../lib/decoders/registry";
import { conventions } from "../lib/discovery/registry";
import { COMMAND_FIELDS } from "../lib/registration/command";
import { DESCRIBED_FIELDS } from "../lib/registration/described";
import { REGISTRATION_FIELDS } from "../lib/registration/fields";

const ROOT = resolve(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const filesIn = (folder: string, suffix: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => suffix.test(file))
    .map((file) => join(folder, file));

const docs = filesIn("docs", /\.md$/);
const pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "lib/SPEC.md", ...docs];
const readmes = ["components", "lib", "server"].flatMap((folder) => filesIn(folder, /README\.md$/));

const withoutCode = (markdown: string): string => markdown.replaceAll(/^```[\s\S]*?^```/gm, "");

/** The anchors that GitHub gives to headings: lower case, punctuation left out, spaces as hyphens. */
const anchorsOf = (file: string): string[] =>
  [...withoutCode(read(file)).matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading]) =>
    (heading as string)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(/\s/g, "-"),
  );

/** Why a link of this page leads nowhere; undefined: it leads somewhere, or out of the repository. */
function brokenLink(page: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : relative(ROOT, resolve(ROOT, dirname(page), path));
  if (!existsSync(join(ROOT, target))) return `${link}: there is no ${target}`;
  if (anchor === undefined || statSync(join(ROOT, target)).isDirectory()) return undefined;
  return anchorsOf(target).includes(anchor) ? undefined : `${link}: ${target} has no such heading`;
}

test.each([...pages, ...readmes])("every link of %s leads to a file, and to a heading in it", (page) => {
  const links = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] as string);
  expect(links.map((link) => brokenLink(page, link)).filter((fault) => fault !== undefined)).toEqual([]);
});

describe("what the documentation shows can be used", () => {
  const blocks = pages.flatMap((page) =>
    [...read(page).matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text], i) => ({
      title: `${page}, example ${i + 1}`,
      // An example of topics alone is indented as in the list of the file.
      text: (text as string).startsWith("  - ") ? `topics:\n${text}` : (text as string),
    })),
  );

  test("there are examples", () => expect(blocks.length).toBeGreaterThan(5));

  test.each(blocks)("$title is a telltale.yaml that Telltale takes", ({ text }) => {
    const config = ConfigFile.parse(parse(text) ?? {});
    for (const registration of config.topics) expect(compileRegistration(registration)).toMatchObject({ ok: true });
  });

  const schema = z.fromJSONSchema(configFileSchema() as Parameters<typeof z.fromJSONSchema>[0]);

  test.each(blocks)("RG-104: an editor finds no fault in $title", ({ text }) => {
    expect(schema.safeParse(parse(text) ?? {}).error?.issues).toBeUndefined();
  });

  test.each(["topics: [{id: a, filter: b, payloads: {on: true, off: 0}, staleAfter: 60}]", "brokers:\ntopics:\n"])(
    "RG-104: an editor takes %j, as Telltale does",
    (text) => {
      expect(schema.safeParse(parse(text)).error?.issues).toBeUndefined();
    },
  );

  test.each([
    "topics: [{id: a, filtre: b}]",
    "topics: [{id: a, filter: b, payloads: {on: [1], off: 0}}]",
    "topics: [{id: a, filter: b, range: [0, high]}]",
    "topics: [{id: a, filter: b, values: {t: {value: $.t, kommand: {}}}}]",
    "dashboards: {}",
  ])("RG-104: an editor marks %s", (text) => expect(schema.safeParse(parse(text)).success).toBe(false));
});

describe("the documentation names what there is", () => {
  const mentioned = (file: string): Set<string> =>
    new Set([...read(file).matchAll(/`([A-Za-z]\w*)`/g)].map((match) => match[1] as string));
  const missing = (file: string, names: readonly string[]): string[] => {
    const there = mentioned(file);
    return names.filter((name) => !there.has(name));
  };

  test("every variable of the environment, and no other", () => {
    const known = [...read("server/config.ts").matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((m) => m[1]);
    const told = [...read("docs/configuration.md").matchAll(/^\| `([A-Z][A-Z_]+)` \|/gm)].map((m) => m[1]);
    expect(told.sort()).toEqual(known.sort());
  });

  /** The names in the first column of the table that follows a line. */
  const rowsBehind = (file: string, behind: string): string[] => {
    const [, rest = ""] = read(file).split(`\n${behind}\n\n`);
    const table = rest.split("\n\n")[0] ?? "";
    const cells = table.split("\n").map((row) => row.split(/(?<!\\)\|/)[1] ?? "");
    return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1] as string));
  };

  /** The rows of the table with this head. Compared as a list, so that what is missing is all that is printed. */
  const tableOf = (file: string, head: string): string[] => {
    const [, rest = ""] = read(file).split(`\n${head}\n`);
    const [table = ""] = rest.split("\n\n");
    return table.split("\n").slice(1);
  };

  const ofValue = Object.keys(DESCRIBED_FIELDS);
  test.each([
    ["Of the registration as a whole:", Object.keys(REGISTRATION_FIELDS).filter((name) => !ofValue.includes(name))],
    ["Of a value:", ofValue],
    ["Of a command:", Object.keys(COMMAND_FIELDS)],
  ])("RG-101: every field has a row in its table, and no other: %s", (behind, names) =>
    expect(rowsBehind("docs/registrations.md", behind).sort()).toEqual(names.sort()),
  );

  test("every field of a broker", () =>
    expect(missing("docs/configuration.md", Object.keys(Broker.shape))).toEqual([]));

  test("DC-140: every payload format, as it describes itself", () => {
    const rows = Object.values(formats).map(({ id, reads }) => `| \`${id}\` | ${reads} |`);
    expect(tableOf("docs/formats.md", "| `format` | reads |")).toEqual(rows);
  });

  test("every kind of tile, under Dashboards in docs/registrations.md", () =>
    expect(
      missing(
        "docs/registrations.md",
        tileKinds.map(({ id }) => id),
      ),
    ).toEqual([]));

  test("every convention of discovery, as it describes itself", () => {
    const rows = conventions.map(
      ({ id, label, filters }) => `| ${label} | \`${id}\` | ${filters.map((filter) => `\`${filter}\``).join(", ")} |`,
    );
    expect(tableOf("docs/discovery.md", "| convention | id | topic filters |")).toEqual(rows);
  });
});

describe("the numbered rules", () => {
  const spec = read("lib/SPEC.md");
  const numbers = [...spec.matchAll(/^- ([A-Z]{2}-\d+):/gm)].map((match) => match[1] as string);
  const twice = (list: readonly string[]): string[] => list.filter((item, i) => list.indexOf(item) !== i);

  test("no rule and no section stands twice, and each rule stands in its section", () => {
    expect(numbers.length).toBeGreaterThan(500);
    expect(twice(numbers)).toEqual([]);
    const sections = spec.split(/^## /m).slice(1);
    expect(twice(sections.map((section) => section.slice(0, 2)))).toEqual([]);
    const astray = sections.flatMap((section) =>
      [...section.matchAll(/^- ([A-Z]{2}-\d+):/gm)].flatMap(([, number]) =>
        number?.startsWith(`${section.slice(0, 2)}-`) ? [] : `${number} in ${section.split("\n", 1)[0]}`,
      ),
    );
    expect(astray).toEqual([]);
  });

  /** The numbers that titles of tests begin with. */
  const titled = (() => {
    const tests = ["app", "components", "e2e", "fuzz", "lib", "scripts", "server"].flatMap((folder) =>
      filesIn(folder, /\.(test|spec)\.(tsx?|mjs)$|[cC]ontract\.ts$/),
    );
    return tests.flatMap((file) =>
      [...read(file).matchAll(/["'`]((?:[A-Z]{2}-\d+, )*[A-Z]{2}-\d+): /g)].flatMap((match) =>
        (match[1] as string).split(", "),
      ),
    );
  })();

  test("every rule that the title of a test names exists", () => {
    expect(titled.length).toBeGreaterThan(500);
    const known = new Set(numbers);
    expect([...new Set(titled)].filter((number) => !known.has(number))).toEqual([]);
  });

  test("HS-7: every rule is named by the title of a test", () => {
    const named = new Set(titled);
    expect(numbers.filter((number) => !named.has(number))).toEqual([]);
  });
});
