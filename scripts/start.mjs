/**
 * `npm start`: installs what is missing, builds when the build is stale, and runs the server as a process of its own, so that
 * nothing of the build stays in its memory. Signals go to the server, its exit code is this process's. Uses nothing but Node before
 * the packages are there.
 */
import { requireNode } from "./lib/nodeVersion.mjs";

requireNode();

const { ROOT } = await import("./lib/root.mjs");
const { ensureDependencies } = await import("./lib/dependencies.mjs");
const { buildIsFresh } = await import("./lib/freshness.mjs");
const { run } = await import("./lib/run.mjs");
const { runServer } = await import("./lib/serverProcess.mjs");

process.chdir(ROOT);
if (!(await ensureDependencies())) process.exit(1);
if (!buildIsFresh()) {
  const { code } = await run(process.execPath, ["scripts/build.mjs"]);
  if (code !== 0) {
    console.error("\nThe build failed: see above. Telltale was not started.");
    process.exit(1);
  }
}
// run.mjs ends its own programs on a signal; from here on signals go to the server.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(signal);
process.exit(await runServer("scripts/serve.mjs"));
