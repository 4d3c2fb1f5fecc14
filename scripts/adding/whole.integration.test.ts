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

test("HS-6: a thing of each kind, added as docs/adding.md says, fits the types and the law of the house", async () => {
  expect(await compile()).toEqual([]);
  const { modules, violations } = await readDirections(copy.root);
  expect(violations).toEqual([]);
  expect(modules).toBeGreaterThan(500);
});
