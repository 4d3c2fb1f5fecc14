import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PointId } from "../../../../lib/ids";
import { systemClock } from "../../../clock";
import type { HistoryStore } from "../../../ports";
import { historyKeepingContract } from "../../historyKeepingContract";
import { openHistory } from "../openHistory";

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const NOW = START + 40 * DAY;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const point = (id: string) => PointId.parse(id);

async function open() {
  const dataDir = mkdtempSync(path.join(tmpdir(), "telltale-keeping-"));
  const opened = await openHistory({ dataDir, log: silent, clock: systemClock });
  if (!opened.ok) throw new Error(opened.error);
  const store = opened.value;
  return {
    store,
    file: path.join(dataDir, "history.db"),
    async dispose() {
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

historyKeepingContract("sqlite", async () => {
  const opened = await open();
  return {
    ...opened,
    async rows() {
      const database = new Database(opened.file, { readonly: true });
      const counts = ["points", "numbers", "states", "blocks", "rollups"].map(
        (table) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number,
      );
      database.close();
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
});

describe("keeping history in history.db", () => {
  let opened: Awaited<ReturnType<typeof open>>;
  let store: HistoryStore;
  beforeEach(async () => {
    opened = await open();
    store = opened.store;
  });
  afterEach(() => opened.dispose());

  const hour = async (id: string, from: number, width: number) =>
    (await store.query({ points: [point(id)], from, to: from + 3_600_000, width }))[0];

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
    const file = new Database(opened.file);
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
    const locker = new Database(opened.file);
    locker.exec("BEGIN IMMEDIATE");
    expect((await hour("a", START, 200))?.t).toHaveLength(100);
    store.append({ point: point("a"), at: START + 100, value: 100 });
    expect((await hour("a", START, 200))?.t).toHaveLength(100);
    locker.close();
  });
});
