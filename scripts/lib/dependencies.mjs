import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";
import { heading, run, runNpm, seconds } from "./run.mjs";

const LOCK = join(ROOT, "package-lock.json");
const INSTALLED = join(ROOT, "node_modules/.package-lock.json");
/** The lock file that the installed packages belong to, and the Node that their native modules were compiled for. */
const STAMP = join(ROOT, "node_modules/.telltale-lock");

const lockHash = () => createHash("sha256").update(readFileSync(LOCK)).digest("hex");

/** Native modules load in a Node of the same ABI only (https://nodejs.org/en/about/previous-releases, NODE_MODULE_VERSION). */
const ABI = `${process.platform}-${process.arch}-${process.versions.modules}`;

/** @returns {{ lock?: string, abi?: string }} Empty when nothing was stamped; before the ABI was, the stamp was the bare hash. */
function readStamp() {
  if (!existsSync(STAMP)) return {};
  const text = readFileSync(STAMP, "utf8");
  return text.startsWith("{") ? JSON.parse(text) : { lock: text };
}

function upToDate(lock) {
  if (!existsSync(INSTALLED)) return false;
  // Installed by hand, after the lock file was last written, is up to date too: times alone change with every checkout.
  return lock === lockHash() || statSync(INSTALLED).mtimeMs >= statSync(LOCK).mtimeMs;
}

/** Whether the native modules load in this Node: tried in a process of its own, which a failed one cannot spoil. */
async function nativeModulesLoad() {
  const probe = 'new (require("better-sqlite3"))(":memory:").close()';
  return (await run(process.execPath, ["-e", probe], { quiet: true })).code === 0;
}

/**
 * Installs what package-lock.json names, when it is not there yet, and compiles the native modules again when Node was upgraded.
 * Answers false, having said why, when that failed.
 */
export async function ensureDependencies() {
  const stamp = readStamp();
  if (!upToDate(stamp.lock)) {
    heading("Installing packages (the first time takes a minute or two)");
    // NODE_ENV=production would leave out what the build needs.
    const { code, ms } = await runNpm(["ci", "--include=dev"], { env: { NODE_ENV: "" } });
    if (code !== 0) {
      console.error("\nnpm ci failed: see above. Telltale was not started.");
      return false;
    }
    console.log(`Packages installed in ${seconds(ms)}.`);
  } else if (stamp.abi !== ABI && !(await nativeModulesLoad())) {
    heading(`Node is now ${process.versions.node}: compiling the native modules for it (about a minute)`);
    const { code, ms } = await runNpm(["rebuild"]);
    if (code !== 0 || !(await nativeModulesLoad())) {
      console.error("\nnpm rebuild failed: see above. Delete the folder node_modules and start again.");
      return false;
    }
    console.log(`Native modules compiled in ${seconds(ms)}.`);
  }
  writeFileSync(STAMP, JSON.stringify({ lock: lockHash(), abi: ABI }));
  return true;
}
