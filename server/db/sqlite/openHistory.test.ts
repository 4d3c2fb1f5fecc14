import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PointId } from "../../../lib/ids";
import { systemClock } from "../../clock";
import type { HistoryStore } from "../../ports";
import { historyStoreContract } from "../historyStoreContract";
import { type HistoryOptions, openHistory } from "./openHistory";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const tempDir = () => mkdtempSync(path.join(tmpdir(), "telltale-history-"));

async function openAt(dataDir: string, more: Partial<HistoryOptions> = {}): Promise<HistoryStore> {
  const opened = await openHistory({ dataDir, log: silent, clock: systemClock, ...more });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

historyStoreContract("sqlite", async () => {
  const dataDir = tempDir();
  const opened = [await openAt(dataDir)];
  return {
    store: opened[0] as HistoryStore,
    async reopen() {
      const again = await openAt(dataDir);
      opened.push(again);
      return again;
    },
    async dispose() {
      for (const store of opened) await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
});

describe("history.db", () => {
  let dataDir: string;
  let stores: HistoryStore[];
  const file = () => path.join(dataDir, "history.db");
  const a = PointId.parse("a");
  beforeEach(() => {
    dataDir = tempDir();
    stores = [];
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function open(more: Partial<HistoryOptions> = {}): Promise<HistoryStore> {
    const store = await openAt(dataDir, more);
    stores.push(store);
    return store;
  }
  const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 60_000, interval: 20 });

  test("ST-28: readings are written by themselves within a second", async () => {
    const store = await open();
    for (let i = 0; i < 10; i++) store.append({ point: a, at: i, value: i });
    await vi.waitUntil(() => store.counters().stored === 10, { timeout: 1000, interval: 20 });
    const other = new Database(file(), { readonly: true });
    expect(other.prepare("SELECT count(*) FROM numbers").pluck().get()).toBe(10);
    other.close();
  });

  test("ST-29: while another process locks the file readings wait, the fault is told, and it mends by itself", async () => {
    const store = await open();
    const locker = new Database(file());
    locker.exec("BEGIN IMMEDIATE");
    store.append({ point: a, at: 1, value: 1 });
    await until(() => store.counters().fault !== undefined);
    expect(store.counters()).toEqual({ stored: 0, pending: 1, lost: 0, fault: expect.stringMatching(/locked/) });
    await expect(store.flush()).rejects.toThrow(/locked/);
    await expect(store.check()).rejects.toThrow(/locked/);
    store.append({ point: a, at: 2, value: 2 });
    locker.close();
    await until(() => store.counters().pending === 0);
    expect(store.counters()).toEqual({ stored: 2, pending: 0, lost: 0 });
    expect((await store.range(a, 0, 10, 10)).value).toEqual([1, 2]);
  });

  test("ST-29: a full disk loses only what exceeds the bound, counted, and goes on when there is room", async () => {
    const store = await open({ maxPages: 60, maxPending: 30_000 });
    const total = 80_000;
    for (let i = 0; i < total; i++) {
      store.append({ point: a, at: i, value: i + 0.5 });
      if (i % 5000 === 0) await new Promise(setImmediate);
    }
    await until(() => store.counters().fault !== undefined);
    const { stored, pending, lost, fault } = store.counters();
    expect(fault).toMatch(/full/);
    expect(pending).toBeLessThanOrEqual(30_000);
    expect(lost).toBeGreaterThan(0);
    expect(stored + pending + lost).toBe(total);

    await store.prune(total);
    await until(() => store.counters().stored > stored);
  });

  test("ST-29: texts that wait are bounded by their size", async () => {
    const store = await open({ maxPendingBytes: 1000 });
    for (let i = 0; i < 5; i++) store.append({ point: a, at: i, value: "x".repeat(200) });
    expect(store.counters()).toEqual({ stored: 0, pending: 2, lost: 3 });
    await store.flush();
    store.append({ point: a, at: 9, value: "x".repeat(200) });
    expect(store.counters()).toMatchObject({ pending: 1, lost: 3 });
  });

  test("ST-30: closing ends while the file is locked, and counts what is lost", async () => {
    const store = await open();
    const locker = new Database(file());
    locker.exec("BEGIN IMMEDIATE");
    store.append({ point: a, at: 1, value: 1 });
    await store.close();
    expect(store.counters()).toMatchObject({ stored: 0, pending: 0, lost: 1 });
    locker.close();
  });

  test("ST-31: forgetting much does not keep new readings waiting", async () => {
    const store = await open();
    for (let i = 0; i < 150_000; i++) {
      store.append({ point: PointId.parse(`p${i % 50}`), at: i, value: i });
      if (i % 20_000 === 0) await new Promise(setImmediate);
    }
    await store.flush();
    let done = false;
    const pruned = store.prune(150_000).then((rows) => {
      done = true;
      return rows;
    });
    store.append({ point: a, at: 200_000, value: 1 });
    await store.flush();
    expect(done).toBe(false);
    expect(await pruned).toBe(150_000);
    expect(await store.latest()).toEqual([{ point: "a", at: 200_000, value: 1 }]);
  });

  const damages: [string, () => void, RegExp][] = [
    ["a garbage header", () => writeFileSync(file(), "this is no database".repeat(1000)), /not a database/],
    ["a file cut in half", () => truncateSync(file(), Math.floor(statSync(file()).size / 2)), /damaged/],
    ["an emptied file", () => truncateSync(file(), 0), /it is empty/],
  ];
  test.each(damages)("ST-5: %s is refused with the reason, and left untouched", async (_what, damage, reason) => {
    const store = await open();
    for (let i = 0; i < 20_000; i++) store.append({ point: a, at: i, value: i });
    await store.close();
    damage();
    const before = readFileSync(file());
    expect(await openHistory({ dataDir, log: silent, clock: systemClock })).toEqual({
      ok: false,
      error: expect.stringMatching(reason),
    });
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  test("ST-6: a history of a newer version is refused with a sentence", async () => {
    await (await open()).close();
    const raw = new Database(file());
    raw.exec("INSERT INTO telltale_migrations VALUES (999, 'the future', 'then')");
    raw.close();
    expect(await openHistory({ dataDir, log: silent, clock: systemClock })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/newer Telltale/),
    });
  });
});
