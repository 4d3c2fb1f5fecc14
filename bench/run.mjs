/**
 * `npm run bench -- [name…] [--json FILE] [--results] [--smoke]`: runs the benchmarks one after another, each in a process of its own, so that none
 * inherits another's warm code or memory. Prints a table with the bare limit of the same run beside each figure: absolute times belong
 * to one machine. `--results` writes the table to RESULTS.md; `--smoke` is short and judged by ratios alone. `soak` runs only when named: `npm run bench -- soak --minutes 30 --rate 2000`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensureDependencies } from "../scripts/lib/dependencies.mjs";
import { heading, run, runBin, seconds } from "../scripts/lib/run.mjs";

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "string" },
    results: { type: "boolean", default: false },
    smoke: { type: "boolean", default: false },
    minutes: { type: "string", default: "30" },
    rate: { type: "string", default: "2000" },
  },
});
if (!(await ensureDependencies())) process.exit(1);
const { ensureTestPrograms } = await import("../scripts/lib/programs.mjs");
const { buildIsFresh } = await import("../scripts/lib/freshness.mjs");
const { build } = await import("../scripts/build.mjs");
const here = dirname(fileURLToPath(import.meta.url));

/** Too long to come unasked. */
const ONLY_NAMED = ["soak"];
/** Those whose ratios tell a gross regression within seconds, on a busy machine too. */
const IN_SMOKE = ["coldload", "fanout", "ingest", "live", "memory", "viewer"];

const all = readdirSync(here)
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.replace(".bench.ts", ""));
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark is called ${unknown.join(" or ")}; there are ${all.join(", ")}.`);
  process.exit(1);
}
const names = all.filter((name) =>
  wanted.length > 0 ? wanted.includes(name) : options.smoke ? IN_SMOKE.includes(name) : !ONLY_NAMED.includes(name),
);

const missing = await ensureTestPrograms();
if (missing.length > 0 || !(buildIsFresh() || (await build()))) {
  console.error(missing.join("\n"));
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "telltale-bench-"));
const rowsFile = join(folder, "rows.jsonl");
writeFileSync(rowsFile, "");
const started = Date.now();
const broken = [];
const rows = [];
for (const name of names) {
  heading(name);
  const before = rows.length;
  const { code } = await runBin(
    "tsx/dist/cli.mjs",
    [join(here, `${name}.bench.ts`), "--minutes", options.minutes, "--rate", options.rate],
    {
      env: { TELLTALE_BENCH_ROWS: rowsFile, ...(options.smoke && { TELLTALE_BENCH_SMOKE: "1" }) },
    },
  );
  if (code !== 0) broken.push(name);
  const lines = readFileSync(rowsFile, "utf8").split("\n").filter(Boolean);
  for (const line of lines.slice(before)) rows.push({ bench: name, ...JSON.parse(line) });
}
rmSync(folder, { recursive: true, force: true });

/** Within its budget, beyond it, or not judged. */
function verdict(row) {
  if (options.smoke) return row.smoke === undefined ? undefined : row.ratio <= row.smoke;
  if (!row.budget) return undefined;
  return "value" in row.budget ? row.value <= row.budget.value : row.ratio <= row.budget.ratio;
}

const round = (n) => (Math.abs(n) >= 1000 ? String(Math.round(n)) : String(Number(n.toPrecision(3))));
const limitOf = (row) => {
  if (options.smoke) return row.smoke === undefined ? "" : `≤ ${row.smoke} ×`;
  if (!row.budget) return "";
  return "value" in row.budget ? `≤ ${row.budget.value}` : `≤ ${row.budget.ratio} ×`;
};
const WORDS = { true: "yes", false: "NO", undefined: "" };

function table() {
  const header = ["what", "measured", "bare limit", "ratio", "budget", "within"];
  const body = rows.map((row) => [
    row.what,
    `${round(row.value)} ${row.unit}`,
    row.bare === undefined ? "" : `${round(row.bare)} (${row.of})`,
    row.ratio === undefined || row.bare === undefined ? "" : `${round(row.ratio)} ×`,
    limitOf(row),
    WORDS[String(verdict(row))],
  ]);
  const widths = header.map((head, i) => Math.max(head.length, ...body.map((cells) => cells[i].length)));
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

async function machine() {
  const answer = async (command, ...args) => {
    const { output, code } = await run(command, args, { quiet: true });
    return code === 0 ? output.trim().split("\n").at(-1) : "unknown";
  };
  const { findChromium, findProgram } = await import("../scripts/lib/programs.mjs");
  const mosquitto = (await run(findProgram("mosquitto"), ["-h"], { quiet: true })).output.split("\n")[0];
  return {
    commit: await answer("git", "rev-parse", "--short", "HEAD"),
    cpu: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`,
    memory: `${Math.round(totalmem() / 1024 ** 3)} GiB`,
    node: process.version,
    mosquitto,
    browser: await answer(await findChromium(), "--version"),
    load: (await import("node:os")).loadavg()[0].toFixed(1),
  };
}

const where = await machine();
const machineLine = `${where.cpu}, ${where.memory}, Node ${where.node}, ${where.mosquitto}, ${where.browser}; commit ${where.commit}`;
heading(`${rows.length} rows in ${seconds(Date.now() - started)}`);
console.log(table());
console.log(`\n${machineLine}`);
const report = { machine: where, smoke: options.smoke, rows };
if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
if (options.results)
  writeFileSync(
    join(here, "RESULTS.md"),
    `# What \`npm run bench\` measured\n\n${machineLine}.\n\nThe bare limit was measured in the same run; absolute figures belong to this machine.\n\n${table()}\n`,
  );

const beyond = rows.filter((row) => verdict(row) === false);
if (broken.length > 0) console.error(`\nended with a fault: ${broken.join(", ")}`);
if (beyond.length > 0)
  console.error(
    `\n${beyond.length} beyond ${options.smoke ? "the smoke limit" : "budget"}: ${beyond.map((row) => row.what).join("; ")}`,
  );
process.exit(broken.length + (options.smoke ? beyond.length : 0) > 0 ? 1 : 0);
