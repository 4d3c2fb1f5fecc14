import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "telltale-memory-"));
let measured: { perPoint: number; growthOfBurst: number };

beforeAll(async () => {
  const outfile = path.join(folder, "pointMemory.mjs");
  // Built as the server is: tsx gives every closure a name, and so costs bytes that a server does not.
  await build({
    absWorkingDir: ROOT,
    entryPoints: [fileURLToPath(new URL("../../testing/pointMemory.ts", import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "error",
  });
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", outfile], { cwd: ROOT });
  measured = JSON.parse(stdout);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("LV-47: a point under a wildcard costs at most 2 KB", () => {
  expect(measured.perPoint).toBeGreaterThan(200);
  expect(measured.perPoint).toBeLessThan(2000);
});

test("LV-48, LV-20: a burst of four times as many topics as are kept costs no more than those kept, and a notice tells of it", () => {
  expect(measured.growthOfBurst).toBeLessThan(1.25);
});
