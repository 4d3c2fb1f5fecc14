import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";
import { heading, runNpm, seconds } from "./run.mjs";

const LOCK = join(ROOT, "package-lock.json");
const INSTALLED = join(ROOT, "node_modules/.package-lock.json");
/** Which lock file the installed packages are of: times alone change with every checkout. */
const STAMP = join(ROOT, "node_modules/.telltale-lock");

const lockHash = () => createHash("sha256").update(readFileSync(LOCK)).digest("hex");

function upToDate() {
  if (!existsSync(INSTALLED)) return false;
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === lockHash()) return true;
  // Installed by hand, after the lock file was last written.
  return statSync(INSTALLED).mtimeMs >= statSync(LOCK).mtimeMs;
}

/** Installs what package-lock.json names, when it is not there yet. Answers false, having said why, when that failed. */
export async function ensureDependencies() {
  if (!upToDate()) {
    heading("Installing packages (the first time takes a minute or two)");
    // NODE_ENV=production would leave out what the build needs.
    const { code, ms } = await runNpm(["ci", "--include=dev"], { env: { NODE_ENV: "" } });
    if (code !== 0) {
      console.error("\nnpm ci failed: see above. Telltale was not started.");
      return false;
    }
    console.log(`Packages installed in ${seconds(ms)}.`);
  }
  writeFileSync(STAMP, lockHash());
  return true;
}
