import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { readDirections } from "../directions.mjs";
import { copyWith, type Template, together } from "./copy";
import { compositeKind } from "./templates/compositeKind";
import { compositeTile } from "./templates/compositeTile";
import { convention } from "./templates/convention";
import { field } from "./templates/field";
import { format } from "./templates/format";
import { page } from "./templates/page";
import { route } from "./templates/route";
import { table } from "./templates/table";
import { tileKind } from "./templates/tileKind";

const TEMPLATES: readonly Template[] = [
  field,
  format,
  convention,
  tileKind,
  compositeKind,
  compositeTile,
  route,
  table,
  page,
];
const copy = copyWith(together(TEMPLATES), [
  "app",
  "components",
  "lib",
  "server",
  "messages",
  "scripts",
  // npm run cluster starts nodes with it.
  "e2e/server.ts",
  "package.json",
  "tsconfig.json",
]);
afterAll(copy.remove);

/** What a program has to say in the copy; undefined: it is content. */
async function faultsOf(program: string, ...args: string[]): Promise<string | undefined> {
  try {
    await promisify(execFile)(program, args, { cwd: copy.root, maxBuffer: 1e8 });
    return undefined;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return `${stdout}${stderr}` || String(error);
  }
}

/** While the file is loaded, since a limit that guards a test against hanging is not for the compiler on a busy machine. */
const texts =
  (await faultsOf(process.execPath, "scripts/texts.mjs")) ??
  (await faultsOf(process.execPath, "scripts/texts.mjs", "--check"));
const types = await faultsOf("node_modules/.bin/tsc", "--noEmit", "--incremental", "false");

test("HS-6: a thing of each kind, added as docs/adding.md says, fits the types, and its texts are in the catalogue", () => {
  expect([texts, types]).toEqual([undefined, undefined]);
});

test("HS-6: a thing of each kind, added as docs/adding.md says, keeps the import directions", async () => {
  const { modules, violations } = await readDirections(copy.root);
  expect(violations).toEqual([]);
  expect(modules).toBeGreaterThan(500);
});
