import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { PointId } from "../lib/ids";
import { historyMigrations } from "../server/db/migrations";
import { createChart } from "../server/db/sqlite/history/chart";
import { ColumnBuilder } from "../server/db/sqlite/history/columns";
import { createHistoryReader } from "../server/db/sqlite/history/historyReader";
import { createReadingsFile } from "../server/db/sqlite/history/readingsFile";
import { openDatabase } from "../server/db/sqlite/openDatabase";

/**
 * What history costs at ten million readings, against plain SQLite with a row for each: writing, bytes, and what a chart waits for.
 * Steady: sensors of few decimals once a second. Factory: eight decimals every five minutes, wandering, as in the NAB data set.
 * Noisy: white noise of two decimals at an unsteady pace.
 */
const SECOND = 1000;
const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
const BATCH = 5000;
const TEND_EVERY = 20;
const KEEP_ALL = { raw: 1e15, "1m": 1e15, "15m": 1e15, "6h": 1e15 };

let seed = 1;
/** Deterministic, so that two runs measure the same. */
function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
}

interface Reading {
  point: PointId;
  value: number;
  at: number;
}
type Source = Generator<Reading>;

function* sensor(id: string, count: number, every: number, jitter: number, next: (i: number) => number): Source {
  const point = PointId.parse(id);
  for (let i = 0; i < count; i++)
    yield { point, value: next(i), at: START + i * every + Math.floor(random() * jitter) };
}

/** All sources by time, as they would arrive. */
function* merged(sources: readonly Source[]): Source {
  const heads = sources.map((source) => ({ source, head: source.next() }));
  for (;;) {
    let first: (typeof heads)[0] | undefined;
    for (const one of heads) if (!one.head.done && (!first || one.head.value.at < first.head.value?.at)) first = one;
    if (!first || first.head.done) return;
    yield first.head.value;
    first.head = first.source.next();
  }
}

const steady = (id: string, count: number) =>
  sensor(id, count, SECOND, 3, (i) => Math.round(2150 + 400 * Math.sin(i / 4000) + random() * 4) / 100);
const factory = (id: string, count: number) => {
  let value = 80;
  return sensor(id, count, 300 * SECOND, 1, () => {
    value += (random() - 0.5) * 2 + (80 - value) / 100;
    return Number(value.toFixed(8));
  });
};
const noisy = (id: string, count: number) => sensor(id, count, SECOND, 900, () => Math.round(random() * 10_000) / 100);
const slow = (id: string, count: number) =>
  sensor(id, count, 10 * SECOND, 5, (i) => Math.round(500 + 200 * Math.sin(i / 900) + random() * 6) / 10);

const dir = mkdtempSync(path.join(tmpdir(), "telltale-bench-"));
const size = (database: Database.Database) => {
  database.pragma("wal_checkpoint(TRUNCATE)");
  return statSync(database.name).size;
};
const drain = (steps: Generator<void, number>) => {
  while (!steps.next().done);
};
const seconds = (since: bigint) => Number(process.hrtime.bigint() - since) / 1e9;

function openHistory(name: string) {
  const opened = openDatabase({
    file: path.join(dir, name),
    migrations: historyMigrations,
    synchronous: "NORMAL",
    busyMs: 1000,
  });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

function openPlain(name: string) {
  const database = new Database(path.join(dir, name));
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  database.exec(
    "CREATE TABLE plain (point INTEGER, t INTEGER, num REAL, PRIMARY KEY (point, t)) STRICT, WITHOUT ROWID",
  );
  return database;
}

/** Writes all of a source to both; answers the seconds that each took, and how many readings there were. */
function write(source: Source, history: Database.Database, plain: Database.Database) {
  const readings = createReadingsFile(history);
  const insert = plain.prepare("INSERT OR REPLACE INTO plain VALUES (?, ?, ?)");
  const numbers = new Map<string, number>();
  const numberOf = (point: string) => {
    if (!numbers.has(point)) numbers.set(point, numbers.size + 1);
    return numbers.get(point);
  };
  const insertAll = plain.transaction((batch: Reading[]) => {
    for (const { point, at, value } of batch) insert.run(numberOf(point), at, value);
  });
  const took = { history: 0, tending: 0, plain: 0 };
  let count = 0;
  let batches = 0;
  let batch: Reading[] = [];
  const flush = () => {
    const builder = new ColumnBuilder(BATCH);
    let from = process.hrtime.bigint();
    for (const reading of batch) builder.add(reading);
    readings.insert(builder.take());
    took.history += seconds(from);
    if (++batches % TEND_EVERY === 0) {
      from = process.hrtime.bigint();
      drain(readings.tend(batch.at(-1)?.at ?? 0, () => KEEP_ALL));
      took.tending += seconds(from);
    }
    from = process.hrtime.bigint();
    insertAll(batch);
    took.plain += seconds(from);
    count += batch.length;
    batch = [];
  };
  for (const reading of source) if (batch.push(reading) === BATCH) flush();
  if (batch.length > 0) flush();
  drain(readings.tend(START + 800 * DAY, () => KEEP_ALL));
  return { ...took, count, numberOf };
}

const ratio = (a: number, b: number) => `${Number((a / b).toPrecision(3))} ×`;

console.log("bytes a reading, roll-ups and all, packed (plain: a row for each)");
for (const [name, source] of [
  ["steady, 1 Hz, 2 decimals", steady("steady", 500_000)],
  ["factory, every 5 min, 8 decimals", factory("factory", 100_000)],
  ["noisy, 1 Hz with jitter, 2 decimals", noisy("noisy", 500_000)],
  ["noisy, full doubles", sensor("double", 300_000, SECOND, 900, () => random() * 100)],
] as const) {
  const history = openHistory(`${name}.db`);
  const plain = openPlain(`${name}.plain.db`);
  const { count } = write(source, history, plain);
  history.exec("VACUUM");
  const raw = history.prepare("SELECT sum(length(data)) FROM blocks").pluck().get() as number;
  const rolled = history.prepare("SELECT sum(length(data)) FROM rollups").pluck().get() as number;
  const bytes = size(history) / count;
  console.log(
    `  ${name}: ${bytes.toFixed(2)} B (blocks ${(raw / count).toFixed(2)}, roll-ups ${(rolled / count).toFixed(2)}), ${ratio(bytes, size(plain) / count)} plain`,
  );
  history.close();
  plain.close();
}

const history = openHistory("large.db");
const plain = openPlain("large.plain.db");
const seconds20Days = (20 * DAY) / SECOND;
const all = write(
  merged([...["a", "b", "c", "d"].map((id) => steady(id, seconds20Days)), slow("year", (365 * DAY) / (10 * SECOND))]),
  history,
  plain,
);
const total = all.history + all.tending;
console.log(`writing ${all.count} readings: ${Math.round(all.count / total)} a second in one thread`);
console.log(
  `  ${((total / all.count) * 1e6).toFixed(2)} µs each (rows ${((all.history / all.count) * 1e6).toFixed(2)}, packing ${((all.tending / all.count) * 1e6).toFixed(2)}), ${ratio(total, all.plain)} plain`,
);
console.log(`  ${(size(history) / all.count).toFixed(2)} B each, ${ratio(size(history), size(plain))} plain`);

const reader = createHistoryReader(history);
const chart = createChart(history, reader);
const byBuckets = plain.prepare(
  "SELECT t / CAST(? AS INTEGER) AS bucket, min(num), max(num), avg(num), count(*) FROM plain WHERE point = ? AND t >= ? AND t < ? GROUP BY bucket",
);
const best = (run: () => unknown) => {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 7; i++) {
    const from = process.hrtime.bigint();
    run();
    least = Math.min(least, seconds(from));
  }
  return least * 1000;
};
for (const [what, id, span, width] of [
  ["1 h of 1 Hz, 1,000 px", "a", 3_600_000, 1000],
  ["24 h of 1 Hz, 1,000 px", "a", DAY, 1000],
  ["7 d of 1 Hz, 1,000 px", "a", 7 * DAY, 1000],
  ["20 d of 1 Hz, 1,000 px", "a", 20 * DAY, 1000],
  ["30 d of 0.1 Hz, 1,000 px", "year", 30 * DAY, 1000],
  ["a year of 0.1 Hz, 1,000 px", "year", 365 * DAY, 1000],
] as const) {
  const from = START + (span === 365 * DAY ? 0 : 30_000);
  const point = PointId.parse(id);
  let answer: ReturnType<typeof chart.query> = [];
  const ms = best(() => {
    answer = chart.query([point], from, from + span, width);
  });
  const bytes = JSON.stringify(answer[0]).length;
  const step = Math.ceil(span / width);
  const bare = best(() => byBuckets.all(step, all.numberOf(id), from, from + span));
  console.log(
    `${what}: ${ms.toFixed(1)} ms, ${answer[0]?.t.length} of ${answer[0]?.tier}, ${Math.round(bytes / 1000)} kB, ${ratio(ms, bare)} plain GROUP BY (${bare.toFixed(1)} ms)`,
  );
}
history.close();
plain.close();
rmSync(dir, { recursive: true, force: true });
