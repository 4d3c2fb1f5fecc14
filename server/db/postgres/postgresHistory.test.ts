import { Client } from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { PointId } from "../../../lib/ids";
import { systemClock } from "../../clock";
import type { HistoryStore, Log } from "../../ports";
import { postgresOfThisFile } from "../../testing/postgresOfThisFile";
import { ColumnBuilder } from "../history/columns";
import { historyKeepingContract } from "../historyKeepingContract";
import { historyStoreContract } from "../historyStoreContract";
import { appendToJournal } from "./history/journal";
import { createTables } from "./history/tables";
import { openPostgresHistory } from "./openPostgresHistory";
import { createPool } from "./pool";

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const point = (id: string) => PointId.parse(id);
const EVERYTHING = { raw: 1e15, "1m": 1e15, "15m": 1e15, "6h": 1e15 };

const postgres = postgresOfThisFile();

async function openOn(url: string): Promise<HistoryStore> {
  const opened = await openPostgresHistory({ url, log: silent, clock: systemClock });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

historyStoreContract("postgres", async () => {
  const url = await postgres.database();
  const stores = [await openOn(url)];
  return {
    store: stores[0] as HistoryStore,
    async reopen() {
      const again = await openOn(url);
      stores.push(again);
      return again;
    },
    async dispose() {
      await Promise.all(stores.map((store) => store.close()));
    },
  };
});

historyKeepingContract("postgres", async () => {
  const url = await postgres.database();
  const store = await openOn(url);
  const tables = ["points", "history_journal", "states", "blocks", "rollups"];
  return {
    store,
    async rows() {
      const counts = tables.map((table) => `(SELECT count(*) FROM ${table})`).join(" + ");
      const [all] = await ask<{ n: string }>(url, `SELECT ${counts} AS n`);
      return Number(all?.n);
    },
    dispose: () => store.close(),
  };
});

describe("the history on Postgres", () => {
  const stores: HistoryStore[] = [];
  const open = async (url: string) => {
    const store = await openOn(url);
    stores.push(store);
    return store;
  };
  afterAll(() => Promise.all(stores.map((store) => store.close())));

  test("PG-7: while Postgres is down readings wait, and are stored when it is back", async () => {
    const store = await open(await postgres.database());
    store.append({ point: point("a"), at: 1, value: 1 });
    await store.flush();
    await postgres.crash();
    store.append({ point: point("a"), at: 2, value: 2 });
    await expect.poll(() => store.counters().fault).toBeDefined();
    await expect(store.check()).rejects.toThrow();
    store.append({ point: point("a"), at: 3, value: 3 });
    await postgres.restart();
    await expect.poll(() => store.counters()).toEqual({ stored: 3, pending: 0, lost: 0 });
    expect(await store.range(point("a"), 0, 10, 10)).toEqual({ t: [1, 2, 3], value: [1, 2, 3] });
  });

  test("PG-8: a batch that is given again is stored once, also after it was packed", async () => {
    const url = await postgres.database();
    const store = await open(url);
    const pool = await createPool({ url, name: "telltale test", connections: 1 });
    const batchOf = (value: number) => {
      const builder = new ColumnBuilder(10);
      builder.add({ point: point("a"), at: value, value });
      return builder.take();
    };
    const write = (batch: number) => appendToJournal(pool, { writer: "w", batch, columns: batchOf(batch) });
    for (const batch of [1, 2, 2, 1]) await write(batch);
    await store.tend({ now: 1000, keep: {}, otherwise: EVERYTHING });
    for (const batch of [2, 3]) await write(batch);
    await appendToJournal(pool, { writer: "another", batch: 1, columns: batchOf(4) });
    expect((await store.range(point("a"), 0, 100, 100)).t).toEqual([1, 2, 3, 4]);
    await pool.end();
  });

  test("PG-16: the journal is packed when it has grown long, and left alone before", async () => {
    const url = await postgres.database();
    const store = await open(url);
    const pool = await createPool({ url, name: "telltale test", connections: 2 });
    const tables = createTables(pool);
    const write = async (from: number, to: number) => {
      for (let batch = from; batch <= to; batch++) {
        const builder = new ColumnBuilder(1);
        builder.add({ point: point("a"), at: batch, value: batch });
        await appendToJournal(pool, { writer: "w", batch, columns: builder.take() });
      }
    };
    const left = async () => (await ask<{ n: number }>(url, "SELECT count(*)::int AS n FROM history_journal"))[0]?.n;
    await tables.foldWhenLong();
    await write(1, 479);
    await tables.foldWhenLong();
    expect(await left()).toBe(479);
    await write(480, 480);
    await tables.foldWhenLong();
    expect(await left()).toBe(0);
    expect((await store.range(point("a"), 0, 1e6, 1e6)).t).toHaveLength(480);
    await pool.end();
  });

  test("PG-16: what comes while the journal is packed waits for the next time", async () => {
    const url = await postgres.database();
    await open(url);
    const pool = await createPool({ url, name: "telltale test", connections: 2 });
    const write = async (batch: number) => {
      const builder = new ColumnBuilder(1);
      builder.add({ point: point("a"), at: batch, value: batch });
      await appendToJournal(pool, { writer: "w", batch, columns: builder.take() });
    };
    await write(1);
    const packing = await createPool({ url, name: "telltale test", connections: 1 });
    packing.on("connect", (client) => {
      const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
      client.query = (async (...args: unknown[]) => {
        if (/^DELETE FROM history_journal/.test(String(args[0]))) await write(2);
        return query(...args);
      }) as unknown as typeof client.query;
    });
    await createTables(packing).fold();
    expect(await ask(url, "SELECT count FROM history_journal")).toEqual([{ count: 1 }]);
    expect(await ask(url, "SELECT count FROM blocks")).toEqual([{ count: 1 }]);
    await Promise.all([pool.end(), packing.end()]);
  });

  test("PG-12: a recorder's readings are written with what belongs to them, and not at all once another has the lease", async () => {
    const url = await postgres.database();
    const opened = await openPostgresHistory({ url, log: silent, clock: systemClock });
    if (!opened.ok) throw new Error(opened.error);
    const store = opened.value;
    stores.push(store);
    await ask(url, "CREATE TABLE lease (epoch INTEGER); INSERT INTO lease VALUES (1); CREATE TABLE marks (at INTEGER)");
    const write = (at: number) =>
      store.write("main", [{ point: point("a"), at, value: at }], {
        guard: { sql: "SELECT 1 FROM lease WHERE epoch = $1 FOR SHARE", values: [1] },
        also: [{ sql: "INSERT INTO marks VALUES ($1)", values: [at] }],
      });
    expect(await write(1)).toBe(true);
    await postgres.crash();
    const [second] = await Promise.all([write(2), postgres.restart()]);
    expect(second).toBe(true);
    await ask(url, "UPDATE lease SET epoch = 2");
    expect(await write(3)).toBe(false);
    expect(await store.range(point("a"), 0, 10, 10)).toEqual({ t: [1, 2], value: [1, 2] });
    expect(await ask(url, "SELECT at FROM marks ORDER BY at")).toEqual([{ at: 1 }, { at: 2 }]);
  });

  test("PG-9: two nodes that pack, forget and add at the same time count every reading once", async () => {
    const url = await postgres.database();
    const [a, b] = [await open(url), await open(url)];
    for (let i = 0; i < 20_000; i++) (i % 2 ? a : b).append({ point: point(`p${i % 50}`), at: i * 10, value: i });
    await Promise.all([a.flush(), b.flush()]);
    const given = Array.from({ length: 1000 }, (_, i) => ({ point: point("p0"), at: i * 10 + 5, value: i }));
    const all = { now: 1e9, keep: {}, otherwise: EVERYTHING };
    const [, , first, second] = await Promise.all([a.tend(all), b.tend(all), a.add(given), b.add(given)]);
    expect(first.added + second.added).toBe(1000);
    const points = Array.from({ length: 50 }, (_, i) => point(`p${i}`));
    for (const store of [a, b]) {
      const read = await Promise.all(points.map((one) => store.range(one, 0, 1e9, 1e5)));
      expect(read.reduce((sum, { t }) => sum + t.length, 0)).toBe(21_000);
    }
    const [series] = await a.query({ points: [point("p1")], from: 0, to: 200_000, width: 100 });
    if (series?.tier === "raw" || series === undefined) throw new Error("not enough readings for buckets");
    expect(series.count.reduce((sum, n) => sum + n, 0)).toBe(400);
  });

  test("PG-9: a point whose name is longer than an index can hold does not hold up the others", async () => {
    const url = await postgres.database();
    const store = await open(url);
    const long = point(
      Array.from({ length: 1000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000))).join(""),
    );
    for (const id of [long, point("a")]) store.append({ point: id, at: 1, value: 21.5 });
    await store.tend({ now: 1000, keep: {}, otherwise: EVERYTHING });
    for (const id of [long, point("a")]) expect((await store.range(id, 0, 10, 10)).value).toEqual([21.5]);
  });

  test("PG-9: a node sees what another has appended, before and after it is packed", async () => {
    const url = await postgres.database();
    const [a, b] = [await open(url), await open(url)];
    a.append({ point: point("a"), at: 1, value: 21.5 });
    await a.flush();
    expect(await b.latest()).toEqual([{ point: "a", at: 1, value: 21.5 }]);
    await a.tend({ now: 1000, keep: {}, otherwise: EVERYTHING });
    expect(await b.latest()).toEqual([{ point: "a", at: 1, value: 21.5 }]);
    expect(await ask(url, "SELECT count FROM history_journal")).toEqual([]);
  });

  test("PG-10: packed, a reading takes few bytes: at most three, its roll-ups included", async () => {
    const url = await postgres.database();
    const store = await open(url);
    const readings = 40_000;
    for (let i = 0; i < readings; i++)
      store.append({
        point: point("a"),
        at: i * 1000 + (i % 3),
        value: Math.round(2150 + 400 * Math.sin(i / 4000)) / 100,
      });
    await store.tend({ now: 1e9, keep: {}, otherwise: EVERYTHING });
    const [sizes] = await ask<{ bytes: number }>(
      url,
      "SELECT ((SELECT sum(length(data)) FROM blocks) + (SELECT sum(length(data)) FROM rollups))::float8 AS bytes",
    );
    expect((sizes?.bytes ?? Number.NaN) / readings).toBeLessThan(3);
  });

  test("ST-6: a history of a newer version is refused with a sentence", async () => {
    const url = await postgres.database();
    await (await openOn(url)).close();
    await ask(
      url,
      "INSERT INTO telltale_migrations (part, number, name, expands) VALUES ('history', 999, 'the future', false)",
    );
    await expect(openOn(url)).rejects.toThrow(/newer Telltale.*history is 999/);
  });
});
