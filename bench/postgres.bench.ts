import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Pool } from "pg";
import { PointId } from "../lib/ids";
import { ColumnBuilder } from "../server/db/history/columns";
import { postgresHistoryMigrations } from "../server/db/migrations/postgres";
import { appendToJournal } from "../server/db/postgres/history/journal";
import type { JournalCache } from "../server/db/postgres/history/journalCache";
import { createReader } from "../server/db/postgres/history/reader";
import { createTables } from "../server/db/postgres/history/tables";
import { migrate, whileMigrating } from "../server/db/postgres/migrate";
import { BEGIN, createPool, transact } from "../server/db/postgres/pool";
import { createChart } from "../server/db/sqlite/history/chart";
import { createHistoryReader } from "../server/db/sqlite/history/historyReader";
import { startPostgres } from "../server/testing/postgres";
import { DAY, merged, openHistory, SECOND, START, seconds, size, slow, steady, write } from "./readings";
import { report } from "./rows";

/** What history costs on Postgres at ten million readings, against readings of the same kind in SQLite: writing, bytes, and what a chart waits for. */
const YEAR = 365 * DAY;
const WIDTH = 1000;
const BATCH = 5000;
/** As often as a server packs at 5,000 readings a second. */
const PACK_EVERY = 20;
const DAYS_20 = (20 * DAY) / SECOND;

const readings = () =>
  merged([...["a", "b", "c", "d"].map((id) => steady(id, DAYS_20)), slow("year", YEAR / (10 * SECOND))]);

/** Seconds for the journal and for packing, and how many readings there were. */
async function writePostgres(pool: Pool) {
  const tables = createTables(pool);
  const took = { journal: 0, packing: 0 };
  let count = 0;
  let batch = 0;
  let builder = new ColumnBuilder(BATCH);
  const pack = async () => {
    const from = process.hrtime.bigint();
    await tables.fold();
    took.packing += seconds(from);
  };
  const flush = async () => {
    if (builder.length === 0) return;
    const from = process.hrtime.bigint();
    count += builder.length;
    await appendToJournal(pool, { writer: "bench", batch: ++batch, columns: builder.take() });
    took.journal += seconds(from);
    if (batch % PACK_EVERY === 0) await pack();
    builder = new ColumnBuilder(BATCH);
  };
  for (const reading of readings()) {
    builder.add(reading);
    if (builder.full) await flush();
  }
  await flush();
  await pack();
  return { ...took, count };
}

async function bytesOf(pool: Pool): Promise<number> {
  await pool.query("VACUUM FULL");
  const tables = ["points", "history_journal", "states", "blocks", "rollups"];
  const sizes = tables.map((table) => `pg_total_relation_size('${table}')`).join(" + ");
  const { rows } = await pool.query<{ bytes: number }>(`SELECT (${sizes})::float8 AS bytes`);
  return rows[0]?.bytes ?? Number.NaN;
}

/** The shortest of several, in ms. */
async function best(run: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 7; i++) {
    const from = process.hrtime.bigint();
    await run();
    least = Math.min(least, seconds(from));
  }
  return least * 1000;
}

async function compare(pool: Pool, dir: string): Promise<void> {
  const file = path.join(dir, "history.db");
  const sqlite = openHistory(file);
  const there = write(readings(), sqlite);
  const here = await writePostgres(pool);
  if (here.count !== there.count) throw new Error(`${here.count} readings and not ${there.count}`);
  const each = (took: number) => (took / here.count) * 1e6;
  const millions = `${(here.count / 1e6).toFixed(0)} million readings`;
  report({
    what: `writing ${millions}, packing too`,
    value: each(here.journal + here.packing),
    bare: each(there.history + there.tending),
    of: "SQLite",
    unit: "µs each",
  });
  report({ what: "of that, the journal", value: each(here.journal), unit: "µs each" });
  report({
    what: `${millions}: bytes each`,
    value: (await bytesOf(pool)) / here.count,
    bare: size(sqlite) / there.count,
    of: "SQLite",
    unit: "B",
    budget: "postgresBytes",
  });

  const chart = createChart(sqlite, createHistoryReader(sqlite));
  const cache: JournalCache = new Map();
  for (const [what, id, span] of [
    ["1 h of 1 Hz", "a", 3_600_000],
    ["24 h of 1 Hz", "a", DAY],
    ["20 d of 1 Hz", "a", 20 * DAY],
    ["a year of 0.1 Hz", "year", YEAR],
  ] as const) {
    const from = START + (span === YEAR ? 0 : 30_000);
    const points = [PointId.parse(id)];
    const ask = () =>
      transact(pool, BEGIN.read, async (client) =>
        (await createReader(client, cache)).query({ points, from, to: from + span, width: WIDTH }),
      );
    report({
      what: `${millions}: chart of ${what}, ${WIDTH} px`,
      value: await best(ask),
      bare: await best(() => chart.query(points, from, from + span, WIDTH)),
      of: "SQLite",
      unit: "ms",
      budget: "postgresChart",
    });
  }
  sqlite.close();
}

const dir = mkdtempSync(path.join(tmpdir(), "telltale-bench-"));
const postgres = await startPostgres();
try {
  const url = await postgres.database();
  await whileMigrating(url, (client) => migrate(client, "history", postgresHistoryMigrations));
  const pool = await createPool({ url, name: "telltale bench", connections: 2, limitMs: 0 });
  await compare(pool, dir);
  await pool.end();
} finally {
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}
