import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { tsImport } from "tsx/esm/api";
import { addConventions, compareSource, conventionLines, wantedOf } from "./acceptDevices/facts.mjs";
import { proposalsFor } from "./acceptDevices/proposals.mjs";

// node scripts/acceptDevicesOffline.mjs DIR [SOURCE…] [--all]: discovery and reading without broker and server, for work on conventions.
const [dir, ...rest] = process.argv.slice(2);
if (!dir) {
  console.error("Usage: node scripts/acceptDevicesOffline.mjs DIR [SOURCE...] [--quiet]");
  process.exit(2);
}
const quiet = rest.includes("--quiet");
const only = rest.filter((word) => !word.startsWith("--"));
const { createOfflineRun } = await tsImport("./acceptDevices/offline.ts", import.meta.url);
const { filterMatches } = await tsImport("../lib/topics/match.ts", import.meta.url);

// The explorer's part of the answer, where it stands.
const propose = existsSync(new URL("../lib/explorer/propose.ts", import.meta.url))
  ? (await tsImport("../lib/explorer/propose.ts", import.meta.url)).proposeRegistrations
  : () => [];

const total = { right: 0, wrong: 0, missing: 0 };
const conventions = new Map();
const sources = readdirSync(dir)
  .filter((name) => name.endsWith(".expected.json"))
  .map((name) => basename(name, ".expected.json"))
  .filter((name) => only.length === 0 || only.includes(name));
for (const source of sources) {
  const run = createOfflineRun();
  const lines = readFileSync(join(dir, `${source}.jsonl`), "utf8")
    .split("\n")
    .filter(Boolean);
  for (const line of lines) {
    const { topic, payload, payload_b64, retain, t } = JSON.parse(line);
    run.message(
      topic,
      payload_b64 === undefined ? Buffer.from(payload ?? "") : Buffer.from(payload_b64, "base64"),
      retain,
      t === undefined ? undefined : t * 1000,
    );
  }
  const { expected } = JSON.parse(readFileSync(join(dir, `${source}.expected.json`), "utf8"));
  for (const want of expected)
    if (want.topic && want.kind !== "absent")
      run.propose(want.topic, (topic, payloads, beside) =>
        proposalsFor(propose, topic, payloads, beside, wantedOf(expected, topic)),
      );
  const tally = compareSource(expected, run.points(), run.lastOn, filterMatches);
  const { devices, points, faults } = run.summary();
  console.log(
    `${source}: right ${tally.right}, wrong ${tally.wrong}, missing ${tally.missing}  (${devices} devices, ${points} points, ${faults} refused)`,
  );
  if (!quiet) for (const line of tally.lines) console.log(line);
  addConventions(conventions, tally.conventions);
  for (const key of Object.keys(total)) total[key] += tally[key];
}
console.log("Facts by convention:");
for (const line of conventionLines(conventions)) console.log(line);
console.log(`right ${total.right}, wrong ${total.wrong}, missing ${total.missing}`);
