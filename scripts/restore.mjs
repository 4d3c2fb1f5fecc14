/** `npm run restore -- FOLDER [--replace]`: puts a backup into TELLTALE_DATA, while Telltale does not run. */
import { resolve } from "node:path";
import { requireNode } from "./lib/nodeVersion.mjs";

requireNode();
const { BackupError, readArguments, restore } = await import("./lib/backup.mjs");

try {
  const { names, has } = readArguments(process.argv.slice(2), ["--replace"]);
  const [from, ...more] = names;
  if (!from || more.length > 0) throw new BackupError("folder missing: npm run restore -- FOLDER [--replace]");
  const dataDir = resolve(process.env.TELLTALE_DATA || "data");
  const { note, aside } = await restore({ from: resolve(from), dataDir, replace: has("--replace") });
  console.log(`Restored what was backed up at ${note.made} into ${dataDir}.`);
  if (aside) console.log(`The previous data is in ${aside}.`);
  if (note.secret !== "included")
    console.log("The backup holds no secret: with another one, Telltale asks for broker passwords again.");
} catch (error) {
  console.error(error instanceof BackupError ? `Nothing was restored: ${error.message}.` : error);
  process.exitCode = 1;
}
