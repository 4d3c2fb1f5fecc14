import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

/** A copy of the scripts beside packages and an npm that only look the part: what is tested is who is called, and when. */
const SCRIPTS = fileURLToPath(new URL("lib", import.meta.url));
const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

function installed({ loads, stamp }: { loads: boolean; stamp?: string }) {
  const home = mkdtempSync(join(tmpdir(), "telltale-dependencies-"));
  homes.push(home);
  cpSync(SCRIPTS, join(home, "scripts/lib"), { recursive: true });
  writeFileSync(join(home, "package-lock.json"), "{}");
  const native = join(home, "node_modules/better-sqlite3");
  mkdirSync(native, { recursive: true });
  writeFileSync(join(home, "node_modules/.package-lock.json"), "{}");
  if (stamp !== undefined) writeFileSync(join(home, "node_modules/.telltale-lock"), stamp);
  writeFileSync(
    join(native, "index.js"),
    `module.exports = class { constructor() { if (!require("node:fs").existsSync(__dirname + "/rebuilt")) throw new Error("NODE_MODULE_VERSION"); } close() {} };`,
  );
  if (loads) writeFileSync(join(native, "rebuilt"), "");
  const npm = join(home, "npm.js");
  writeFileSync(
    npm,
    `require("node:fs").appendFileSync(${JSON.stringify(join(home, "npm.log"))}, process.argv.slice(2).join(" ") + "\\n");
     require("node:fs").writeFileSync(${JSON.stringify(join(native, "rebuilt"))}, "");`,
  );
  const ensure = () =>
    spawnSync(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        `const { ensureDependencies } = await import(${JSON.stringify(join(home, "scripts/lib/dependencies.mjs"))});
         process.exit((await ensureDependencies()) ? 0 : 1);`,
      ],
      { env: { ...process.env, npm_execpath: npm }, encoding: "utf8" },
    );
  const calls = () => (existsSync(join(home, "npm.log")) ? readFileSync(join(home, "npm.log"), "utf8") : "");
  return { ensure, calls };
}

test("OP-1: after an upgrade of Node the native modules are compiled again, with one sentence, once", () => {
  const { ensure, calls } = installed({ loads: false, stamp: JSON.stringify({ lock: "other", abi: "linux-x64-1" }) });
  const first = ensure();
  expect(first.status).toBe(0);
  expect(first.stdout).toContain(`Node is now ${process.versions.node}: compiling the native modules`);
  expect(calls()).toBe("rebuild\n");
  expect(ensure().stdout).toBe("");
  expect(calls()).toBe("rebuild\n");
});

test("OP-1: packages that load are left alone, whatever was stamped before", () => {
  for (const stamp of [undefined, "the bare hash of an older version", JSON.stringify({ lock: "x", abi: "y" })]) {
    const { ensure, calls } = installed({ loads: true, ...(stamp && { stamp }) });
    expect(ensure().status).toBe(0);
    expect(calls()).toBe("");
  }
});
