/** `npm run move -- --to PLACE [--from PLACE]`: moves an installation from a data folder to Postgres, or back. `--help` says more. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildIsFresh } from "./lib/freshness.mjs";
import { requireNode } from "./lib/nodeVersion.mjs";
import { ROOT } from "./lib/root.mjs";

requireNode();
// Nothing is installed or built here: where Telltale has run, the packages are there. In a container there are no sources.
const isBuilt = existsSync(join(ROOT, "dist/move.js")) && (!existsSync(join(ROOT, "server")) || buildIsFresh());
const { runMove } = isBuilt ? await import("../dist/move.js") : await fromSources();
process.exitCode = await runMove(process.argv.slice(2), process.env);

async function fromSources() {
  const { tsImport } = await import("tsx/esm/api");
  return tsImport("../server/move/index.ts", import.meta.url);
}
