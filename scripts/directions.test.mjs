import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { COMPONENTS } from "../.dependency-cruiser.mjs";
import { readDirections } from "./directions.mjs";
import { ROOT } from "./lib/root.mjs";

const made = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true });
});

/** A little repository of its own, so that the rules can be broken in it. */
function repositoryWith(files) {
  const root = mkdtempSync(join(tmpdir(), "telltale-directions-"));
  made.push(root);
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const rulesBroken = async (files) => (await readDirections(repositoryWith(files))).violations.map((v) => v.rule).sort();

const standing = {
  "lib/a.ts": "export type A = 1;\nexport const a = 1;\n",
  "server/mqtt/m.ts": "export const m = 1;\nexport type M = 1;\n",
  "server/core/c.ts": "export const c = 1;\n",
  "components/C.tsx": 'import { a } from "@/lib/a";\nexport const C = () => <p>{a}</p>;\n',
  "app/page.tsx": 'import { C } from "@/components/C";\nexport default () => <C />;\n',
  "server/db/d.ts": 'import { a } from "../../lib/a";\nexport const d = a;\n',
};

const breaches = {
  "a component that imports a type from the server": [
    "pages-not-from-server",
    { "components/X.tsx": 'import type { M } from "@/server/mqtt/m";\nexport const x = (m: M) => <b>{m}</b>;\n' },
  ],
  "a page that imports the server by a relative path": [
    "pages-not-from-server",
    { "app/x.ts": 'import { m } from "../server/mqtt/m";\nexport const x = m;\n' },
  ],
  "a server part that imports a component": [
    "server-not-from-pages",
    { "server/http/x.ts": 'import { C } from "../../components/C";\nexport const x = C;\n' },
  ],
  "a component that imports a page": [
    "components-not-from-app",
    { "components/x.ts": 'import page from "@/app/page";\nexport const x = page;\n' },
  ],
  "lib that imports a component": [
    "lib-stands-alone",
    { "lib/x.ts": 'import { C } from "../components/C";\nexport const x = C;\n' },
  ],
  "lib that imports a Node built-in": [
    "lib-without-node",
    { "lib/x.ts": 'import { join } from "node:path";\nexport const x = join;\n' },
  ],
  "lib that imports React": [
    "lib-few-packages",
    { "lib/x.ts": 'import { use } from "react";\nexport const x = use;\n' },
  ],
  "a server part that imports its neighbour's type": [
    "server-parts-apart",
    { "server/db/x.ts": 'import type { M } from "../mqtt/m";\nexport const x: M = 1;\n' },
  ],
  "a server part that imports the core": [
    "server-parts-not-from-whole",
    { "server/mqtt/x.ts": 'import { c } from "../core/c";\nexport const x = c;\n' },
  ],
  "a pipeline stage that imports a package": [
    "pipeline-pure",
    { "server/pipeline/x.ts": 'import mqtt from "mqtt";\nexport const x = mqtt;\n' },
  ],
  "the core that imports a database": [
    "core-without-io",
    { "server/core/x.ts": 'import { d } from "../db/d";\nexport const x = d;\n' },
  ],
  "the core that writes files": [
    "core-without-io",
    { "server/core/x.ts": 'import { rm } from "node:fs/promises";\nexport const x = rm;\n' },
  ],
  "the core that starts a process": [
    "core-without-io",
    { "server/core/deep/x.ts": 'import { spawn } from "node:child_process";\nexport const x = spawn;\n' },
  ],
  "the core that opens a socket": [
    "core-without-io",
    { "server/core/x.ts": 'import { connect } from "node:net";\nexport const x = connect;\n' },
  ],
  "a pipeline stage that opens a database": [
    "core-without-io",
    { "server/pipeline/x.ts": 'import Database from "better-sqlite3";\nexport const x = Database;\n' },
  ],
  "the core that imports a file of the server that starts threads": [
    "core-without-io",
    {
      "server/startThread.ts": 'import { Worker } from "node:worker_threads";\nexport const start = Worker;\n',
      "server/core/x.ts": 'import { start } from "../startThread";\nexport const x = start;\n',
    },
  ],
  "HS-5: folders of the core that import each other": [
    "no-circle-of-folders",
    {
      "server/core/one/x.ts": 'import { y } from "../two/y";\nexport const x = y;\n',
      "server/core/two/y.ts": "export const y = 1;\n",
      "server/core/two/z.ts": 'import { w } from "../three/deep/w";\nexport const z = w;\n',
      "server/core/three/deep/w.ts": 'import type { X } from "../../one/types";\nexport const w: X = 1;\n',
      "server/core/one/types.ts": "export type X = 1;\n",
    },
  ],
  "HS-5: folders of a component's folder that import each other": [
    "no-circle-of-folders",
    {
      "components/charts/one/x.ts": 'import { y } from "../two/y";\nexport const x = y;\n',
      "components/charts/two/y.ts": 'import type { Z } from "../one/z";\nexport const y: Z = 1;\n',
      "components/charts/one/z.ts": "export type Z = 1;\n",
    },
  ],
  "the product that imports a fake": [
    "no-tests-in-the-product",
    {
      "server/testing/fake.ts": "export const f = 1;\n",
      "lib/y.ts": "",
      "server/x.ts": 'export { f } from "./testing/fake";\n',
    },
  ],
  "the product that imports a harness": [
    "no-tests-in-the-product",
    {
      "server/core/c.harness.ts": "export const h = 1;\n",
      "server/core/x.ts": 'export { h } from "./c.harness";\n',
    },
  ],
  "an import that leads nowhere": ["resolvable", { "lib/x.ts": 'export { y } from "./missing";\n' }],
};

test("a repository that keeps the rules is read and passes", async () => {
  const { modules, dependencies, violations } = await readDirections(repositoryWith(standing));
  expect(violations).toEqual([]);
  expect(modules).toBe(6);
  expect(dependencies).toBe(3);
});

test.each(Object.entries(breaches))("%s is found", async (_, [rule, files]) => {
  expect(await rulesBroken({ ...standing, ...files })).toContain(rule);
});

test("a folder may use what stands around it, and a test what its folder may not", async () => {
  const files = {
    "server/core/one/x.ts": 'import { c } from "../c";\nexport const x = c;\n',
    "server/core/list.ts": 'import { x } from "./one/x";\nexport const list = [x];\n',
    "server/core/two/y.ts": 'import { x } from "../one/x";\nexport const y = x;\n',
    "server/core/one/x.test.ts": 'import { rmSync } from "node:fs";\nimport { y } from "../two/y";\nrmSync(y);\n',
  };
  expect(await rulesBroken({ ...standing, ...files })).toEqual([]);
});

describe("inside components/", () => {
  const order = COMPONENTS.map(({ folders }) => folders);
  const there = readdirSync(join(ROOT, "components"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  /** With the areas, which no list names: a new one has its place at once. */
  const rows = [...order, [...there.filter((name) => !order.flat().includes(name)), "fresh"]];
  const below = (row) => rows.slice(0, row).flat();
  const value = (name) => `export const ${name} = 1;\n`;
  const importOf = (folder) => `export { ${folder} } from "@/components/${folder}/${folder}";\n`;
  const everyFolder = Object.fromEntries(rows.flat().map((name) => [`components/${name}/${name}.ts`, value(name)]));

  test("the order names folders that are there", () => {
    expect(order.flat().filter((name) => !there.includes(name))).toEqual([]);
  });

  test("a folder may import itself and all that is before it, and all of that is read", async () => {
    const allowed = rows.flatMap((row, i) =>
      row.map((name) => [`components/${name}/x.ts`, [name, ...below(i)].map(importOf).join("")]),
    );
    const { modules, dependencies, violations } = await readDirections(
      repositoryWith({ ...everyFolder, ...Object.fromEntries(allowed) }),
    );
    expect(violations).toEqual([]);
    expect(modules).toBe(2 * rows.flat().length);
    expect(dependencies).toBe(rows.flatMap((row, i) => row.map(() => 1 + below(i).length)).reduce((a, b) => a + b, 0));
  });

  test("no folder may import its neighbour or what comes after it", async () => {
    const forbidden = rows.flatMap((row, i) =>
      row.flatMap((name) =>
        rows
          .slice(i)
          .flat()
          .filter((other) => other !== name)
          .map((other) => [`components/${name}/from${other}.ts`, importOf(other)]),
      ),
    );
    const { violations } = await readDirections(repositoryWith({ ...everyFolder, ...Object.fromEntries(forbidden) }));
    const crossings = violations.filter(({ rule }) => rule.startsWith("components-"));
    const found = crossings.map(({ text }) => text.match(/: (\S+) →/)?.[1]).sort();
    expect(found).toEqual(forbidden.map(([path]) => path).sort());
  });

  test.each([
    ["a type", 'import type { dashboard } from "../../dashboard/dashboard";\nexport type X = typeof dashboard;\n'],
    ["what is loaded when it is used", 'export const x = () => import("../../dashboard/dashboard");\n'],
  ])("%s counts as an import", async (_, text) => {
    expect(await rulesBroken({ ...everyFolder, "components/tiles/value/x.ts": text })).toEqual([
      "components-order-tiles",
    ]);
  });

  test("a tile kind may import what all kinds share, and no other kind", async () => {
    const kinds = {
      "components/tiles/controls/c.ts": value("c"),
      "components/tiles/gauge/g.ts": 'export { c } from "../controls/c";\n',
    };
    expect(await rulesBroken(kinds)).toEqual([]);
    const broken = { ...kinds, "components/tiles/value/v.ts": 'export { c } from "../gauge/g";\n' };
    expect(await rulesBroken(broken)).toEqual(["tile-kinds-apart"]);
  });

  test("a file at the root that uses a folder is found", async () => {
    expect(await rulesBroken({ ...everyFolder, "components/x.ts": importOf("ui") })).toEqual([
      "components-order-files",
    ]);
  });
});
