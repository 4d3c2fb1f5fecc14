import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { readDirections } from "../directions.mjs";
import { copyWith, type Template, together } from "./copy";
import { compositeKind } from "./templates/compositeKind";
import { compositeTile } from "./templates/compositeTile";
import { convention } from "./templates/convention";
import { format } from "./templates/format";
import { page } from "./templates/page";
import { route } from "./templates/route";
import { table } from "./templates/table";
import { tileKind } from "./templates/tileKind";

const TEMPLATES: readonly Template[] = [format, convention, tileKind, compositeKind, compositeTile, route, table, page];
const copy = copyWith(together(TEMPLATES), [
  "app",
  "components",
  "lib",
  "server",
  "scripts/importGlob.d.ts",
  "scripts/lib",
  "package.json",
  "tsconfig.json",
]);
afterAll(copy.remove);

/** What the compiler has to say, as lines. */
async function compile(): Promise<string[]> {
  const tsc = `${copy.root}/node_modules/.bin/tsc`;
  const options = { cwd: copy.root, maxBuffer: 1e8 };
  const out = await promisify(execFile)(tsc, ["--noEmit", "--incremental", "false"], options).then(
    ({ stdout }) => stdout,
    ({ stdout, message }: { stdout?: string; message: string }) => stdout || message,
  );
  return out.split("\n").filter((line) => line !== "");
}

/** While the file is loaded, since a limit that guards a test against hanging is not for the compiler on a busy machine. */
const faults = await compile();

test("HS-6: a thing of each kind, added as docs/adding.md says, fits the types", () => {
  expect(faults).toEqual([]);
});

test("HS-6: a thing of each kind, added as docs/adding.md says, keeps the law of the house", async () => {
  const { modules, violations } = await readDirections(copy.root);
  expect(violations).toEqual([]);
  expect(modules).toBeGreaterThan(500);
});
