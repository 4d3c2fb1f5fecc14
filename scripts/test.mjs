/**
 * `npm test`: everything, from a fresh clone, without a terminal: packages, brokers, Postgres, a balancer and Chromium, then checks, unit and
 * integration tests, the production build, and what people do in a browser. The last line counts.
 */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { requireNode } from "./lib/nodeVersion.mjs";
import { ROOT } from "./lib/root.mjs";
import { heading, run, runBin, seconds } from "./lib/run.mjs";

requireNode();
process.chdir(ROOT);
const started = Date.now();

const leave = (message) => {
  if (message) console.error(message);
  console.log("0 passed, 1 failed");
  process.exit(1);
};

if (!(await ensureDependencies())) leave();
const { ensureTestPrograms } = await import("./lib/programs.mjs");
const missing = await ensureTestPrograms();
if (missing.length > 0) leave(missing.join("\n"));

const { checks } = await import("./lib/checks.mjs");
const { buildIsFresh } = await import("./lib/freshness.mjs");
const { build } = await import("./build.mjs");
const { playwrightResults, summaryLine, vitestResults } = await import("./lib/results.mjs");

const REPORTS = join(ROOT, "test-results");
const VITEST = join(REPORTS, "vitest.json");
const PLAYWRIGHT = join(REPORTS, "playwright.json");
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

const stages = [
  ...checks,
  {
    title: "Unit and integration tests",
    run: () =>
      runBin("vitest/vitest.mjs", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${VITEST}`]),
    result: () => vitestResults(VITEST),
  },
  {
    title: "Production build",
    async run() {
      const from = Date.now();
      const good = buildIsFresh() || (await build());
      return { code: good ? 0 : 1, ms: Date.now() - from };
    },
    /** What comes behind it would only test the build before. */
    stop: true,
  },
  {
    title: "Browser tests against the production build",
    run: () => runBin("@playwright/test/cli.js", ["test", "--config", "e2e/playwright.config.ts"]),
    result: () => playwrightResults(PLAYWRIGHT),
    skip: () => !existsSync(join(ROOT, "e2e/specs")),
  },
  {
    title: "Benchmarks in short, judged by ratios",
    run: () => run(process.execPath, ["bench/run.mjs", "--smoke"]),
  },
];

const done = [];
for (const [i, stage] of stages.entries()) {
  if (stage.skip?.()) continue;
  heading(`${i + 1}/${stages.length} ${stage.title}`);
  const { code, ms } = await stage.run();
  console.log(`${code === 0 ? "ok" : "FAILED"}, ${seconds(ms)}`);
  done.push({ title: stage.title, code, ms, result: stage.result?.() });
  if (code !== 0 && stage.stop) break;
}

heading(`Everything in ${seconds(Date.now() - started)}`);
for (const { title, code, ms } of done) console.log(`  ${code === 0 ? "ok    " : "FAILED"} ${title}, ${seconds(ms)}`);
console.log(summaryLine(done));
process.exit(done.every(({ code }) => code === 0) ? 0 : 1);
