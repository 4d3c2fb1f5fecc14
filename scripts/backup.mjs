/**
 * `npm run backup -- FOLDER [--without-secret]`: copies databases and secret of TELLTALE_DATA into a new folder, while Telltale
 * runs or while it does not.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { requireNode } from "./lib/nodeVersion.mjs";
import { ROOT } from "./lib/root.mjs";

requireNode();
// Nothing is installed here: a backup must not change what it saves. Where Telltale has run, the packages are there.
const { BackupError, backUp, readArguments } = await import("./lib/backup.mjs");

const SECRET_NOTES = {
  included: "The secret that opens the broker passwords is in it: keep the backup where only you can read it.",
  "left out":
    "The secret was left out: without it, broker passwords must be entered again, and everyone must sign in again.",
  environment: "The secret is TELLTALE_SECRET and not in it: a restore needs the same one.",
};

try {
  const { names, has } = readArguments(process.argv.slice(2), ["--without-secret"]);
  const [to, ...more] = names;
  if (!to || more.length > 0) throw new BackupError("folder missing: npm run backup -- FOLDER [--without-secret]");
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const dataDir = resolve(process.env.TELLTALE_DATA || "data");
  const note = await backUp({ dataDir, to: resolve(to), withSecret: !has("--without-secret"), version });
  const bytes = Object.values(note.files).reduce((sum, file) => sum + file.bytes, 0);
  console.log(`Backed up to ${to}: ${(bytes / 1e6).toFixed(1)} MB, checked and whole.\n${SECRET_NOTES[note.secret]}`);
} catch (error) {
  console.error(error instanceof BackupError ? `No backup was made: ${error.message}.` : error);
  process.exitCode = 1;
}
