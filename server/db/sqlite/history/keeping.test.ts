import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { KEEP_FOR } from "../../../../lib/history";
import { PointId } from "../../../../lib/ids";
import { systemClock } from "../../../clock";
import type { HistoryStore } from "../../../ports";
import { openHistory } from "../openHistory";

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const NOW = START + 40 * DAY;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const point = (id: string) => PointId.parse(id);

let dataDir: string;
let store: HistoryStore;
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), "telltale-keeping-"));
  const opened = await openHistory({ dataDir, log: silent, clock: systemClock });
  if (!opened.ok) throw new Error(opened.error);
  store = opened.value;
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const hour = async (id: string, from: number, width: number) =>
  (await store.query({ points: [point(id)], from, to: from + 3_600_000, width }))[0];

test("HI-15: what raw readings showed is shown by the finest roll-up that is left, spike and all", async () => {
  const spike = START + 5_000_000;
  for (let i = 0; i < 10_000; i++) {
    const at = START + i * 1000;
    store.append({ point: point("fast.a"), at, value: at === spike ? 99 : 20 });
  }
  for (let i = 0; i < 100; i++) store.append({ point: point("slow"), at: START + i * 300_000, value: i });
  for (let i = 0; i < 100; i++) store.append({ point: point("word"), at: START + i * 300_000, value: `${i}` });
  const keep = { "fast.a": { ...KEEP_FOR, raw: 2 * DAY, "1m": 60 * DAY }, slow: { ...KEEP_FOR, raw: 2 * DAY } };
  const tend = (now: number) => store.tend({ now, keep, otherwise: KEEP_FOR });

  await tend(START + DAY);
  const from = START + 3_600_000;
  expect(await hour("fast.a", from, 1800)).toMatchObject({ tier: "bucket", step: 2000 });
  expect(await tend(NOW)).toEqual({ forgotten: 10_100 });
  expect((await store.range(point("fast.a"), 0, NOW, 10)).t).toEqual([]);
  expect((await store.range(point("word"), 0, NOW, 10)).t).toEqual([]);
  const left = await hour("fast.a", from, 1800);
  expect(left).toMatchObject({ tier: "1m", step: 60_000 });
  if (left?.tier === "raw") throw new Error("roll-ups are not readings");
  expect(Math.max(...(left?.max ?? []))).toBe(99);
  expect(left?.count).toEqual(Array.from({ length: 60 }, () => 60));

  // Few readings take less room than their roll-up: they stand in for it.
  expect((await store.range(point("slow"), 0, NOW, 1000)).t).toHaveLength(100);
  await tend(START + 200 * DAY);
  expect(await hour("fast.a", from, 1800)).toMatchObject({ tier: "15m" });
  await tend(START + 900 * DAY);
  expect((await store.range(point("slow"), 0, NOW, 1000)).t).toEqual([]);
  const [years] = await store.query({ points: [point("slow")], from: START, to: NOW, width: 1000 });
  expect(years).toMatchObject({ tier: "6h", count: [72, 28] });
  await tend(START + 4000 * DAY);
  const file = new Database(path.join(dataDir, "history.db"), { readonly: true });
  for (const table of ["points", "numbers", "states", "blocks", "rollups"])
    expect([table, file.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]).toEqual([table, 0]);
  file.close();
});

test("HI-15: late readings for what was forgotten are in the roll-ups once", async () => {
  for (let i = 0; i < 7200; i++) store.append({ point: point("a"), at: START + i * 1000, value: 20 });
  const tend = () => store.tend({ now: NOW, keep: {}, otherwise: { ...KEEP_FOR, raw: DAY } });
  await tend();
  for (let i = 0; i < 3600; i++) store.append({ point: point("a"), at: START + i * 1000 + 500, value: 30 });
  await tend();
  const series = await hour("a", START, 60);
  expect(series).toMatchObject({
    tier: "1m",
    min: Array(60).fill(20),
    max: Array(60).fill(30),
    count: Array(60).fill(120),
  });
});

test("HI-15: where nothing can be packed, as on a full disk, what is too old still goes, and the fault is told", async () => {
  const fill = (from: number) => {
    for (let i = 0; i < 1000; i++) store.append({ point: point("a"), at: from + i * 1000, value: i });
  };
  const forget = { raw: DAY, "1m": DAY, "15m": DAY, "6h": DAY };
  const tend = (now: number) => store.tend({ now, keep: {}, otherwise: forget });
  fill(START);
  await tend(START + DAY / 2);
  fill(NOW - DAY / 2);
  await store.flush();
  const file = new Database(path.join(dataDir, "history.db"));
  file.exec("CREATE TRIGGER full BEFORE INSERT ON blocks BEGIN SELECT raise(FAIL, 'the disk is full'); END");
  await expect(tend(NOW)).rejects.toThrow("the disk is full");
  expect(file.prepare("SELECT count(*) FROM blocks").pluck().get()).toBe(0);
  file.exec("DROP TRIGGER full");
  file.close();
  expect(await tend(NOW)).toEqual({ forgotten: 0 });
  expect((await store.range(point("a"), 0, NOW, 5000)).t).toHaveLength(1000);
});

test("HI-16: charts are answered while the file is locked for writing", async () => {
  for (let i = 0; i < 100; i++) store.append({ point: point("a"), at: START + i, value: i });
  await store.flush();
  const locker = new Database(path.join(dataDir, "history.db"));
  locker.exec("BEGIN IMMEDIATE");
  expect((await hour("a", START, 200))?.t).toHaveLength(100);
  store.append({ point: point("a"), at: START + 100, value: 100 });
  expect((await hour("a", START, 200))?.t).toHaveLength(100);
  locker.close();
});

test("HI-3: readings of one millisecond, more than a block holds, are packed together and kept in order", async () => {
  for (let i = 0; i < 10_000; i++) store.append({ point: point("a"), at: START + (i < 9000 ? 0 : 1), value: i });
  await store.tend({ now: NOW, keep: {}, otherwise: { ...KEEP_FOR, raw: 1e15 } });
  expect((await store.range(point("a"), START, NOW, 20_000)).value).toEqual(
    Array.from({ length: 10_000 }, (_, i) => i),
  );
});
