/**
 * `npm start`: installs what is missing, builds when the build is stale, and becomes the server: in this same process, so that
 * signals, exit code and memory are the server's own. Uses nothing but Node before the packages are there.
 */
import { requireNode } from "./lib/nodeVersion.mjs";

requireNode();

const { ROOT } = await import("./lib/root.mjs");
const { ensureDependencies } = await import("./lib/dependencies.mjs");
const { buildIsFresh } = await import("./lib/freshness.mjs");

process.chdir(ROOT);
if (!(await ensureDependencies())) process.exit(1);
if (!buildIsFresh()) {
  const { build } = await import("./build.mjs");
  if (!(await build())) {
    console.error("\nThe build failed: see above. Telltale was not started.");
    process.exit(1);
  }
}
// The signals belong to the server from here on.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(signal);
await import("./serve.mjs");
