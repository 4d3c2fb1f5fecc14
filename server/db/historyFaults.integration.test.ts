import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PointId } from "../../lib/ids";
import { systemClock } from "../clock";
import type { HistoryStore } from "../ports";
import { ColumnBuilder } from "./history/columns";
import { historyMigrations } from "./migrations";
import { createHistoryReader } from "./sqlite/history/historyReader";
import { createReadingsFile } from "./sqlite/history/readingsFile";
import { openDatabase } from "./sqlite/openDatabase";
import { openHistory } from "./sqlite/openHistory";

const SCRIPT = fileURLToPath(new URL("../testing/writeHistoryUntilKilled.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const KILLS = 20;
const silent = { debug() {}, info() {}, warn() {}, error() {} };

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "telltale-faults-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** Lets it write for so long, kills it; answers how many readings were appended a second before. */
async function writeAndKill(run: string, ms: number): Promise<number> {
  const child = spawn(process.execPath, ["--import", "tsx", SCRIPT, dataDir, run], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const marks: { appended: number; at: number }[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [appended = 0, at = 0] = line.split(" ").map(Number);
    marks.push({ appended, at });
    if (at - (marks[0]?.at ?? at) > ms) break;
  }
  const killedAt = Date.now();
  child.kill("SIGKILL");
  await once(child, "exit");
  return marks.filter((mark) => mark.at <= killedAt - 1000).at(-1)?.appended ?? 0;
}

async function readBack(store: HistoryStore, run: string): Promise<{ values: number[]; rolledUp: number }> {
  const points = Array.from({ length: 50 }, (_, i) => PointId.parse(`${run}p${i}`));
  const read = await Promise.all(points.map((point) => store.range(point, 0, Number.MAX_SAFE_INTEGER, 1e6)));
  const to = Date.now() + 1000;
  const charts = await store.query({ points, from: to - 365 * 86_400_000, to, width: 5 });
  const rolledUp = charts.reduce(
    (sum, chart) => sum + (chart.tier === "raw" ? chart.t.length : chart.count.reduce((a, b) => a + b, 0)),
    0,
  );
  return { values: read.flatMap(({ value }) => value as number[]).sort((a, b) => a - b), rolledUp };
}

test(`ST-28, HI-8: killed ${KILLS} times at 5,000 readings a second while packing, at most a second is lost, nothing twice`, async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    const run = `r${kill}`;
    const mustBeThere = await writeAndKill(run, 1100 + ((kill * 137) % 400));
    const file = new Database(path.join(dataDir, "history.db"), { readonly: true });
    expect(file.pragma("integrity_check", { simple: true })).toBe("ok");
    file.close();
    const opened = await openHistory({ dataDir, log: silent, clock: systemClock });
    if (!opened.ok) throw new Error(opened.error);
    const { values, rolledUp } = await readBack(opened.value, run);
    await opened.value.close();
    expect(mustBeThere).toBeGreaterThan(0);
    expect(values.length).toBeGreaterThanOrEqual(mustBeThere);
    expect(values.every((value, i) => value === i)).toBe(true);
    expect(rolledUp).toBe(values.length);
  }
}, 300_000);

function open(file: string) {
  const opened = openDatabase({ file, migrations: historyMigrations, synchronous: "NORMAL", busyMs: 100 });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

test("ST-28: a log cut off anywhere opens as what was written until there", async () => {
  const point = PointId.parse("a");
  const source = path.join(dataDir, "whole.db");
  open(source).close();
  const database = open(source);
  database.pragma("wal_autocheckpoint = 0");
  const readings = createReadingsFile(database);
  const start = Date.UTC(2026, 0, 1);
  for (let batch = 0; batch < 60; batch++) {
    const builder = new ColumnBuilder(100);
    for (let i = 0; i < 100; i++) builder.add({ point, value: batch * 100 + i, at: start + (batch * 100 + i) * 1000 });
    readings.insert(builder.take());
    if (batch % 7 === 6) {
      const keep = { raw: 1e15, "1m": 1e15, "15m": 1e15, "6h": 1e15 };
      for (const steps = readings.tend(start + batch * 100_000, () => keep); !steps.next().done; );
    }
  }
  const log = `${source}-wal`;
  const { size } = statSync(log);
  const copy = path.join(dataDir, "cut.db");
  const lengths: number[] = [];
  for (let i = 0; i <= 40; i++) {
    copyFileSync(source, copy);
    copyFileSync(log, `${copy}-wal`);
    truncateSync(`${copy}-wal`, Math.floor((size * i) / 40) - (i % 3 === 2 ? 17 : 0));
    const cut = open(copy);
    expect(cut.pragma("integrity_check", { simple: true })).toBe("ok");
    const reader = createHistoryReader(cut);
    const id = reader.point(point);
    const { value } = id === undefined ? { value: [] } : reader.range(id, 0, Number.MAX_SAFE_INTEGER, 1e5, "newest");
    expect(value).toEqual(Array.from({ length: value.length }, (_, n) => n));
    lengths.push(value.length);
    cut.close();
    for (const end of ["", "-wal", "-shm"]) rmSync(copy + end, { force: true });
  }
  database.close();
  expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
  expect([lengths[0], lengths.at(-1)]).toEqual([0, 6000]);
});
