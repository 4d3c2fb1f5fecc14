import { readFileSync } from "node:fs";
import compile from "icu-minify/compile";
import format from "icu-minify/format";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatParts } from "../lib/texts/format";
import {
  argumentsOf,
  compileCatalogue,
  HEAD,
  KEYS,
  readCatalogue,
  TextError,
  textsAreCompiled,
} from "./lib/compileTexts.mjs";
import { sentenceFaults } from "./lib/lintSharedTexts.mjs";
import { keyFaults, literalFaults, pageFaults, readSources } from "./lib/lintTexts.mjs";
import { looksLikeText, readTexts } from "./lib/readTexts.mjs";

const catalogue = readCatalogue();
/** One made-up file beside the real ones. */
const file = (path, source) => new Map([[path, readTexts(path, source)]]);
const literals = (source, path = "components/made/Up.tsx") => literalFaults(file(path, source));

describe("MS-1: a literal text in a component fails the check", () => {
  test("with its file, its line and what to write instead", () => {
    const [fault, ...more] = literals(`export const Up = () => (\n  <p>\n    <b>Not saved</b>\n  </p>\n);\n`);
    expect(more).toEqual([]);
    expect(fault).toMatch(/^components\/made\/Up\.tsx:3: "Not saved" is a text of its own.*t\("namespace\.name"\)/);
  });

  test.each([
    ["between tags", "<p>saved</p>"],
    ["in an attribute that is read out", '<input aria-label="name" />'],
    ["in an attribute of a component", '<Field label="Name" />'],
    ["in braces", '<p>{ok ? "Saved" : undefined}</p>'],
    ["in a template", `<p>{\`Loading ${"$"}{name}…\`}</p>`],
    ["in an array", "<List items={[{ label: 'Half a row' }]} />"],
  ])("%s", (_, jsx) => {
    expect(literals(`const Up = ({ ok, name }) => ${jsx};`)).toHaveLength(1);
  });

  test("in a file without elements too: sentences of functions and tables", () => {
    expect(literals(`export const fault = () => "The two passwords differ.";`, "components/made/up.ts")).toHaveLength(
      1,
    );
    expect(literals(`export const LABELS = { a: "A quarter" };`, "components/made/up.ts")).toHaveLength(1);
    expect(literals(`export const SIDES = [{ label: "above" }];`, "components/made/up.ts")).toHaveLength(1);
    expect(literals(`export const SIDES = [{ label: "made.above" }];`, "components/made/up.ts")).toEqual([]);
  });

  test.each([
    ["class names", '<p className="flex items-center gap-2">{x}</p>'],
    ["classes that are put together", '<p className={cx("flex truncate", on && "bold text")} />'],
    ["what is code", "<code>docker logs</code>"],
    ["a key of the catalogue", '<p>{t("ui.cancel")}</p>'],
    ["a comparison", '<p onKeyDown={(e) => e.key === "Enter" && go()} />'],
    ["a selector", '<p onClick={() => box?.querySelector<HTMLElement>("input, select, textarea")} />'],
    ["a route", '<p onClick={() => call("GET /session")} />'],
    ["an error for the log", '<p onClick={() => { throw new Error("no such thing here"); }} />'],
    ["signs", "<p>{a} · {b} —</p>"],
    ["a path of SVG", `<p>{\`M${"$"}{x} L${"$"}{a} ${"$"}{b}\`}</p>`],
    ["what its comment says", "<p>\n{/* not a text: the unit is the same in every language */}\nkWh\n</p>"],
  ])("%s is none", (_, jsx) => {
    expect(literals(`const Up = ({ x, a, b, on }) => ${jsx};`)).toEqual([]);
  });
});

test("MS-8: a text that is asked for while its module is loaded fails the check", () => {
  expect(literals(`import { t } from "@/lib/texts/t";\nexport const LABEL = t("ui.cancel");`)).toEqual([
    expect.stringMatching(/^components\/made\/Up\.tsx:2: a text is asked for while the module is loaded/),
  ]);
  expect(literals(`export const label = () => t("ui.cancel");`)).toEqual([]);
});

describe("MS-3: keys and what asks for them", () => {
  const two = { made: { used: "Used", left: "Left" } };
  test("a text that nothing asks for fails the check, and a key that is not there does", () => {
    const sources = file("components/made/up.ts", `export const up = () => t("made.used") + t("made.gone");`);
    expect(keyFaults(sources, two)).toEqual([
      'messages/en.json: nothing asks for "made.left"',
      'components/made/up.ts: there is no text "made.gone"',
    ]);
  });

  test("keys of a table and keys that are put together count as asked for", () => {
    expect(keyFaults(file("components/made/up.ts", `const KEYS = ["made.used", "made.left"];`), two)).toEqual([]);
    expect(keyFaults(file("components/made/up.ts", `const up = (s) => t(\`made.${"$"}{s}\`);`), two)).toEqual([]);
  });
});

test("MS-7: a page that does not give its browser a namespace that its components ask for fails the check", () => {
  const page = (given) =>
    new Map([
      ...file("app/a/page.tsx", `import { Up } from "@/components/made/Up";\nexport default () => ${given};`),
      ...file("components/made/Up.tsx", `"use client";\nconst Deep = dynamic(() => import("./Deep"));`),
      ...file("components/made/Deep.tsx", `export const Deep = () => t("made.used");`),
    ]);
  const made = { made: { used: "Used" } };
  expect(pageFaults(page("<Up />"), made)).toEqual([
    expect.stringMatching(/^app\/a\/page\.tsx: components\/made\/Deep\.tsx asks for texts of "made"/),
  ]);
  expect(pageFaults(page(`<PageTexts texts={textsOf("made")}><Up /></PageTexts>`), made)).toEqual([]);
  const layout = file("app/layout.tsx", `export default () => <PageTexts texts={textsOf("made")} />;`);
  expect(pageFaults(new Map([...page("<Up />"), ...layout]), made)).toEqual([]);
});

test("MS-20: a page that only carries entries of lib/ needs none of their texts; one that shows them does", () => {
  const page = (component) =>
    new Map([
      ...file("app/a/page.tsx", `import { Up } from "@/${component}";\nexport default () => <Up />;`),
      ...file(`${component}.tsx`, `"use client";\nimport { FIELDS } from "@/lib/made/fields";`),
      ...file("lib/made/fields.ts", `export const FIELDS = { name: { title: "fields.name", about: "about.name" } };`),
    ]);
  const made = { fields: { name: "Name" }, about: { name: "What people read." } };
  expect(pageFaults(page("components/made/Up"), made)).toEqual([]);
  expect(pageFaults(page("components/admin/topics/fields/Up"), made)).toEqual([
    expect.stringMatching(/^app\/a\/page\.tsx: lib\/made\/fields\.ts asks for texts of "fields"/),
  ]);
  const asking = file("components/made/Up.tsx", `"use client";\nconst Up = () => t("fields.name");`);
  expect(pageFaults(new Map([...page("components/made/Up"), ...asking]), made)).toHaveLength(1);
});

test("MS-28: a page that makes words of what is said needs all that is said, and one that only says it needs none", () => {
  const page = (reads) =>
    new Map([
      ...file("app/a/page.tsx", `import "@/components/made/Up";\nexport default () => null;`),
      ...file("components/made/Up.tsx", `"use client";\nimport { fault } from "@/lib/made";\n${reads};`),
      ...file("lib/made.ts", `import { say } from "./texts/said";\nexport const fault = () => say("made.used");`),
    ]);
  const made = { made: { used: "Used" } };
  expect(pageFaults(page("fault()"), made)).toEqual([]);
  expect(pageFaults(page("inWords(fault())"), made)).toEqual([expect.stringMatching(/asks for texts of "made"/)]);
});

test("MS-32: a page that makes words of what is said is not asked for texts that only answers over HTTP hold", () => {
  const page = new Map([
    ...file("app/a/page.tsx", `import "@/components/made/Up";\nexport default () => null;`),
    ...file("components/made/Up.tsx", `"use client";\nimport { fault } from "@/lib/made";\ninWords(fault());`),
    ...file("lib/made.ts", `import { say } from "./texts/said";\nexport const fault = () => say("problem.used");`),
    ...file("server/made.ts", `import { say } from "../lib/texts/said";\naudit("made.used", say("problem.used"));`),
  ]);
  expect(pageFaults(page, { problem: { used: "Used" }, made: { used: "Used" } })).toEqual([]);
});

describe("MS-6: what is in the repository is whole", () => {
  let sources;
  beforeAll(() => {
    sources = readSources();
  });
  afterAll(() => {
    sources = undefined;
  });
  test("MS-44: no literal texts, no key that is not there or not asked for, no page without its texts", () => {
    expect(sources.size).toBeGreaterThan(400);
    const faults = [literalFaults(sources), sentenceFaults(sources), keyFaults(sources, catalogue)].flat();
    expect([...faults, ...pageFaults(sources, catalogue)]).toEqual([]);
  });

  test("the compiled texts and the types are those of the catalogue", async () => {
    expect(await textsAreCompiled()).toBe(true);
  });

  test("MS-53: a text with other words changes its own line of the compiled files and no other", () => {
    const [before, after] = ["Save", "Store"].map((save) =>
      compileCatalogue({ made: { save, ago: "{length} ago" }, other: { it: "It" } }, compile),
    );
    expect(after.keys).toBe(before.keys);
    const changed = (a, b) => a.compiled.split("\n").filter((line) => !b.compiled.split("\n").includes(line));
    expect(changed(after, before)).toEqual(['"save": "Store",']);
    expect(readFileSync(KEYS, "utf8")).toBe(`${HEAD}\n\n${compileCatalogue(catalogue, compile).keys}`);
  });
});

describe("MS-11: a text that cannot work is refused with its key", () => {
  const made = (text) => () => compileCatalogue({ made: { it: text } }, compile);
  test.each([
    ["{n, plural, one {a}}", /made\.it: .*/],
    ["{at, date}", /made\.it: .*written by lib\/units\/time/],
    ["{n, number, big}", /made\.it: .*names the format "big"/],
    ["{a, select, x {1} other {2}} {a, plural, other {#}}", /made\.it: \{a\} is used as/],
    ["{open", /made\.it: /],
  ])("%s", (text, why) => {
    expect(made(text)).toThrow(TextError);
    expect(made(text)).toThrow(why);
  });

  test("so is a key that is not namespace.name", () => {
    expect(() => compileCatalogue({ made: { "an-other": "x" } }, compile)).toThrow(/made\.an-other: a key is/);
  });

  test("the types name each argument with what it takes", () => {
    const text = "{a} {n, plural, one {#} other {# {b}}} <i>{c}</i> {who, select, me {you} other {them}}";
    expect(compileCatalogue({ made: { it: text } }, compile).keys).toContain(
      'Record<"made.it", { a: V; b: V; c: V; i: (inside: N) => N; n: number; who: "me" | (string & {}) }>',
    );
  });
});

describe("MS-44: a sentence of lib/ or server/", () => {
  const faultsOf = (source, path = "server/core/made.ts") => sentenceFaults(file(path, source));

  test("is found with its file and line, whatever it is given to", () => {
    const path = "lib/made.ts";
    expect(faultsOf(`\nexport const up = () => err("The pump is away.");`, path)).toEqual([
      expect.stringMatching(/^lib\/made\.ts:2: "The pump is away\." .*say\("namespace\.name"\)/),
    ]);
    for (const source of [
      `const text = \`There is no pump ${"$"}{id}\`;`,
      `const notice = { text: "not connected any more" };`,
      `if (away) end("the pump went away");`,
      `const WHY = { away: "the pump is away" };`,
    ])
      expect(faultsOf(source)).toHaveLength(1);
  });

  test.each([
    [`log.warn({ pump }, "the pump went away");`],
    [`parts.log.info({}, \`the pump ${"$"}{id} went away\`);`],
    [`throw new Error("the pump went away");`],
    [`const Pump = z.string().describe("The name of a pump, as people call it.");`],
    [`const WORDS = new Set("pump valve motor fan light".split(" "));`],
    [`const AWAY = Symbol("the pump went away");`],
    [`const all = db.prepare("SELECT name FROM pumps WHERE id = ?");`],
    [`const away = say("made.pumpAway", { pump });`],
    [`// not a text: a header\nconst header = "private, immutable and public";`],
  ])("is none: %s", (source) => {
    expect(faultsOf(source)).toEqual([]);
  });

  test("is not looked for where nobody on a page reads", () => {
    const source = `export const up = "The pump is away.";`;
    expect(faultsOf(source, "lib/decoders/made/examples.ts")).toEqual([]);
    expect(faultsOf(source, "server/testing/made.ts")).toEqual([]);
    expect(faultsOf(source, "components/made/up.ts")).toEqual([]);
  });
});

test("MS-45: texts with the same arguments share an entry, in whichever order they name them", () => {
  const texts = { one: "{a} of {b}", other: "{b} before {a}", plain: "x", counted: "{a} {b, plural, other {#}}" };
  expect(compileCatalogue({ made: texts }, compile).keys).toContain(
    `export interface TextArgs<V, N> extends
  Record<"made.one" | "made.other", { a: V; b: V }>,
  Record<"made.counted", { a: V; b: number }> {}`,
  );
});

describe("MS-10: a compiled text is read as icu-minify reads it", () => {
  const formatters = {
    getNumberFormat: (...args) => new Intl.NumberFormat(...args),
    getPluralRules: (...args) => new Intl.PluralRules(...args),
    getDateTimeFormat: (...args) => new Intl.DateTimeFormat(...args),
  };
  const both = (text, locale, args) => {
    const compiled = JSON.parse(JSON.stringify(compile(text)));
    const ours = typeof compiled === "string" ? [compiled] : formatParts(compiled, locale, args);
    return [ours.join(""), [format(compiled, locale, args, { formatters })].flat().join("")];
  };
  const NUMBERS = [0, 1, 2, 3, 5, 11, 21, 1.5, 1234567.891, -1];

  test("each text of the catalogue, with many numbers, in five languages", () => {
    for (const text of Object.values(catalogue).flatMap((space) => Object.values(space)))
      for (const locale of ["en", "de", "es", "fr", "zh-CN"])
        for (const n of NUMBERS) {
          const args = {};
          for (const [name, kind] of argumentsOf(JSON.parse(JSON.stringify(compile(text)))))
            args[name] =
              kind === "tag"
                ? (inside) => `<${inside.join("")}>`
                : kind === "value"
                  ? `“${n}”`
                  : kind === "number"
                    ? n
                    : kind[0];
          const [ours, theirs] = both(text, locale, args);
          expect(ours).toBe(theirs);
        }
  });

  test.each([
    "{n, plural, =0 {none} one {one <b>{a}</b>} other {# of {a}}}",
    "{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}",
    "{a, select, x {{n, plural, one {#} other {#s}}} other {'{'literal'}' <b></b>}}",
    "<b>{n, number} <b>{a}</b></b>, {n, number, ::.0} {n, number, ::percent}",
    "It's {a}: '<'b'>', # is a sign here",
  ])("%s", (text) => {
    for (const locale of ["en", "de", "pl", "ar"])
      for (const n of NUMBERS)
        for (const a of ["x", "y"]) {
          const [ours, theirs] = both(text, locale, { n, a, b: (inside) => `<${inside.join("")}>` });
          expect(ours).toBe(theirs);
        }
  });
});

test.each([
  ["Save", true],
  ["Not saved", true],
  ["no reading yet", true],
  ["flex items-center gap-2", false],
  ["ArrowDown", false],
  ["kit.noReading", false],
  ["/admin/brokers", false],
  ["· —", false],
])("MS-1: %s is a text: %s", (text, is) => {
  expect(looksLikeText(text)).toBe(is);
});
