import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Pool } from "pg";
import { PointId } from "../lib/ids";
import { ColumnBuilder } from "../server/db/history/columns";
import { postgresHistoryMigrations } from "../server/db/migrations/postgres";
import { appendToJournal } from "../server/db/postgres/history/journal";
import type { JournalCache } from "../server/db/postgres/history/journalCache";
import { packInto, pointIds } from "../server/db/postgres/history/packTables";
import { readAtOnce } from "../server/db/postgres/history/reader";
import { createTables } from "../server/db/postgres/history/tables";
import { migrate, whileMigrating } from "../server/db/postgres/migrate";
import { BEGIN, createPool, transact } from "../server/db/postgres/pool";
import { createChart } from "../server/db/sqlite/history/chart";
import { createHistoryReader } from "../server/db/sqlite/history/historyReader";
import { startPostgres } from "../server/testing/postgres";
import { DAY, merged, openHistory, SECOND, type Source, START, seconds, size, slow, steady, write } from "./readings";
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

/** So many go the way that a server's readings go; the others are packed at once, since filling is not what is measured. */
const MEASURED = 1_000_000;
const AT_ONCE = 400_000;

/** Seconds for the journal and for packing of those that were measured, and how many there were, and how many in all. */
async function writePostgres(pool: Pool) {
  const source = readings();
  const took = await writeMeasured(pool, source);
  let rest = 0;
  for (let part = take(source, AT_ONCE); part.size > 0; part = take(source, AT_ONCE)) {
    for (const { t } of part.values()) rest += t.length;
    await transact(pool, BEGIN.write, async (client) => {
      const ids = await pointIds(client, [...part.keys()]);
      await packInto(
        client,
        new Map([...part].map(([point, numbers]) => [ids.get(point) as number, columnsOf(numbers)])),
      );
    });
  }
  return { ...took, count: took.measured + rest };
}

interface Numbers {
  t: number[];
  value: number[];
}

const columnsOf = ({ t, value }: Numbers) => ({ t: Float64Array.from(t), value: Float64Array.from(value) });

/** The next readings by point, in the order of time that packing wants. */
function take(source: Source, most: number): Map<PointId, Numbers> {
  const parts = new Map<PointId, Numbers>();
  for (let i = 0; i < most; i++) {
    const { done, value: reading } = source.next();
    if (done) break;
    const part = parts.get(reading.point) ?? { t: [], value: [] };
    part.t.push(reading.at);
    part.value.push(reading.value);
    parts.set(reading.point, part);
  }
  return parts;
}

async function writeMeasured(pool: Pool, source: Source) {
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
  for (let i = 0; i < MEASURED; i++) {
    const next = source.next();
    if (next.done) break;
    builder.add(next.value);
    if (builder.full) await flush();
  }
  await flush();
  await pack();
  return { ...took, measured: count };
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
  const each = (took: { seconds: number; of: number }) => (took.seconds / took.of) * 1e6;
  const millions = `${(here.count / 1e6).toFixed(0)} million readings`;
  report({
    what: `writing ${millions}, packing too`,
    value: each({ seconds: here.journal + here.packing, of: here.measured }),
    bare: each({ seconds: there.history + there.tending, of: there.count }),
    of: "SQLite",
    unit: "µs each",
  });
  report({ what: "of that, the journal", value: each({ seconds: here.journal, of: here.measured }), unit: "µs each" });
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
      readAtOnce(pool, cache, (reader) => reader.query({ points, from, to: from + span, width: WIDTH }));
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
