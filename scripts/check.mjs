/** `npm run check`: format, lint, types, import directions, unused code, unit tests. Goes on after a fault, to tell of all. */
import { ensureDependencies } from "./lib/dependencies.mjs";
import { requireNode } from "./lib/nodeVersion.mjs";
import { heading, runBin, seconds } from "./lib/run.mjs";

requireNode();
if (!(await ensureDependencies())) process.exit(1);

const { checks } = await import("./lib/checks.mjs");
const unitTests = {
  title: "Unit tests",
  run: () => runBin("vitest/vitest.mjs", ["run", "--project", "unit*", "--reporter", "dot"]),
};

const faults = [];
for (const check of [...checks, unitTests]) {
  heading(check.title);
  const { code, ms } = await check.run();
  console.log(`${code === 0 ? "ok" : "FAILED"}, ${seconds(ms)}`);
  if (code !== 0) faults.push(check.title);
}
if (faults.length > 0) console.error(`\nFailed: ${faults.join(", ")}.`);
process.exit(faults.length > 0 ? 1 : 0);
