/** `npm run dev`: the server restarts when its sources change, pages reload by Next. */
import { requireNode } from "./lib/nodeVersion.mjs";

requireNode();

const { watch } = await import("node:fs");
const { ROOT } = await import("./lib/root.mjs");
const { ensureDependencies } = await import("./lib/dependencies.mjs");
const { runBin } = await import("./lib/run.mjs");

process.chdir(ROOT);
if (!(await ensureDependencies())) process.exit(1);
const { compileTexts } = await import("./lib/compileTexts.mjs");
await compileTexts();
// A text that is being written may not be valid yet: the last good ones stay.
watch(
  "messages",
  () => void compileTexts().catch((error) => console.error(`messages/en.json: ${error.message}`)),
).unref();
const { code } = await runBin("tsx/dist/cli.mjs", ["watch", "--clear-screen=false", "server/index.ts"], {
  env: { NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" },
});
process.exit(code);
