/**
 * `npm run bench -- [name…] [--json FILE] [--results] [--smoke]`: runs the benchmarks one after another, each in a process of its own, so that none
 * inherits another's warm code or memory. Prints a table with the bare limit of the same run beside each figure: absolute times belong
 * to one machine. `--results` writes the table to RESULTS.md, or adds that of the named ones to it; `--smoke` is short and judged by ratios alone. These
 * run only when named: `npm run bench -- soak --minutes 30 --rate 2000`; `rolling` (an upgrade node by node, from the commit in
 * TELLTALE_ROLLING_FROM); `npm run bench -- cluster --only kills,races` (without --only: every part).
 */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensureDependencies } from "../scripts/lib/dependencies.mjs";
import { heading, run, runBin, seconds } from "../scripts/lib/run.mjs";
import { APART_BUDGETS, BUDGETS, keepsBudget, limitText } from "./budgets.mjs";

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "string" },
    results: { type: "boolean", default: false },
    smoke: { type: "boolean", default: false },
    minutes: { type: "string", default: "30" },
    rate: { type: "string", default: "2000" },
    only: { type: "string", default: "" },
  },
});
if (!(await ensureDependencies())) process.exit(1);
const { ensureTestPrograms } = await import("../scripts/lib/programs.mjs");
const { buildIsFresh } = await import("../scripts/lib/freshness.mjs");
const { build } = await import("../scripts/build.mjs");
const here = dirname(fileURLToPath(import.meta.url));

/** Too long to come unasked. */
const ONLY_NAMED = ["soak", "rolling", "cluster"];
/** The longest takes about five minutes on two cores; a part that hangs must not hold up the rest. */
const LIMIT_MS = 10 * 60_000;
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

async function machine() {
  const answer = async (command, ...args) => {
    const { output, code } = await run(command, args, { quiet: true });
    return code === 0 ? output.trim().split("\n").at(-1) : "unknown";
  };
  const { findChromium, findProgram } = await import("../scripts/lib/programs.mjs");
  const mosquitto = (await run(findProgram("mosquitto"), ["-h"], { quiet: true })).output.split("\n")[0];
  const changed = (await run("git", ["status", "--porcelain"], { quiet: true })).output.trim() !== "";
  return {
    date: new Date().toISOString().slice(0, 16).replace("T", " ").concat(" UTC"),
    commit: `${await answer("git", "rev-parse", "--short", "HEAD")}${changed ? " with changes" : ""}`,
    cpu: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`,
    memory: `${Math.round(totalmem() / 1024 ** 3)} GiB`,
    node: process.version,
    mosquitto,
    browser: await answer(await findChromium(), "--version"),
    load: loadavg()[0].toFixed(1),
  };
}

const where = await machine();
const machineLine = `${where.date}; ${where.cpu}, ${where.memory}, Node ${where.node}, ${where.mosquitto}, ${where.browser}; commit ${where.commit}; load at the start ${where.load}`;

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
    [join(here, `${name}.bench.ts`), "--minutes", options.minutes, "--rate", options.rate, "--only", options.only],
    {
      limitMs: ONLY_NAMED.includes(name) ? undefined : LIMIT_MS,
      env: { TELLTALE_BENCH_ROWS: rowsFile, ...(options.smoke && { TELLTALE_BENCH_SMOKE: "1" }) },
    },
  );
  if (code !== 0) broken.push(name);
  const lines = readFileSync(rowsFile, "utf8").split("\n").filter(Boolean);
  for (const line of lines.slice(before)) rows.push({ bench: name, ...JSON.parse(line) });
}
rmSync(folder, { recursive: true, force: true });

/** Within its limit, beyond it, or not judged. A row without a figure is beyond. */
function verdict(row) {
  if (!options.smoke) return keepsBudget(row);
  return row.smoke === undefined ? undefined : typeof row.ratio === "number" && row.ratio <= row.smoke;
}

const round = (n) => (Math.abs(n) >= 1000 ? String(Math.round(n)) : String(Number(n?.toPrecision(3))));
function limitOf(row) {
  if (options.smoke) return row.smoke === undefined ? "" : `≤ ${row.smoke} ×`;
  return row.budget === undefined ? "" : limitText(row.budget);
}
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

/** Each clause of the table of budgets: kept by every row that names it, missed by one, or without a row. */
function clauses() {
  const judged = Object.entries(BUDGETS).map(([name, { clause }]) => {
    const verdicts = rows.filter(({ budget }) => budget === name).map(keepsBudget);
    const unmeasured = APART_BUDGETS.includes(name) ? "run apart" : "not measured";
    const within = verdicts.length === 0 ? unmeasured : WORDS[String(!verdicts.includes(false))];
    return `| ${clause} | ${within} |`;
  });
  return ["| budget | within |", "| --- | --- |", ...judged].join("\n");
}

heading(`${rows.length} rows in ${seconds(Date.now() - started)}`);
console.log(table());
console.log(`\n${machineLine}`);
const report = { machine: where, smoke: options.smoke, rows };
if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
if (options.results) {
  const file = join(here, "RESULTS.md");
  const measured = `${machineLine}; in ${seconds(Date.now() - started)}.\n`;
  if (wanted.length > 0) appendFileSync(file, `\n## By itself: ${names.join(", ")}\n\n${measured}\n${table()}\n`);
  else
    writeFileSync(
      file,
      `# What \`npm run bench\` measured\n\n${measured}\nThe bare limit was measured in the same run; absolute figures belong to this machine. NO: over its budget.\n\n## Budgets\n\n${clauses()}\n\n## Figures\n\n${table()}\n`,
    );
}

const beyond = rows.filter((row) => verdict(row) === false);
if (broken.length > 0) console.error(`\nended with a fault: ${broken.join(", ")}`);
if (beyond.length > 0)
  console.error(
    `\n${beyond.length} beyond ${options.smoke ? "the smoke limit" : "budget"}: ${beyond.map((row) => row.what).join("; ")}`,
  );
process.exit(broken.length + (options.smoke ? beyond.length : 0) > 0 ? 1 : 0);
