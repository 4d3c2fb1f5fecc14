import { statSync } from "node:fs";
import Database from "better-sqlite3";
import { PointId } from "../lib/ids";
import { ColumnBuilder } from "../server/db/history/columns";
import { historyMigrations } from "../server/db/migrations";
import { createReadingsFile } from "../server/db/sqlite/history/readingsFile";
import { openDatabase } from "../server/db/sqlite/openDatabase";

/**
 * Readings to keep, and the files to keep them in.
 * Steady: sensors of few decimals once a second. Factory: eight decimals every five minutes, wandering, as in the NAB data set.
 * Noisy: white noise of two decimals at an unsteady pace.
 */
export const SECOND = 1000;
export const DAY = 86_400_000;
export const START = Date.UTC(2025, 0, 1);
const BATCH = 5000;
const TEND_EVERY = 20;
export const KEEP_ALL = { raw: 1e15, "1m": 1e15, "15m": 1e15, "6h": 1e15 };

let seed = 1;
/** Deterministic, so that two runs measure the same. */
export function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
}

interface Reading {
  point: PointId;
  value: number;
  at: number;
}
export type Source = Generator<Reading>;

export function* sensor(id: string, count: number, every: number, jitter: number, next: (i: number) => number): Source {
  const point = PointId.parse(id);
  for (let i = 0; i < count; i++)
    yield { point, value: next(i), at: START + i * every + Math.floor(random() * jitter) };
}

/** All sources by time, as they would arrive. */
export function* merged(sources: readonly Source[]): Source {
  const heads = sources.map((source) => ({ source, head: source.next() }));
  for (;;) {
    let first: (typeof heads)[0] | undefined;
    for (const one of heads) if (!one.head.done && (!first || one.head.value.at < first.head.value?.at)) first = one;
    if (!first || first.head.done) return;
    yield first.head.value;
    first.head = first.source.next();
  }
}

export const steady = (id: string, count: number) =>
  sensor(id, count, SECOND, 3, (i) => Math.round(2150 + 400 * Math.sin(i / 4000) + random() * 4) / 100);
export const factory = (id: string, count: number) => {
  let value = 80;
  return sensor(id, count, 300 * SECOND, 1, () => {
    value += (random() - 0.5) * 2 + (80 - value) / 100;
    return Number(value.toFixed(8));
  });
};
export const noisy = (id: string, count: number) =>
  sensor(id, count, SECOND, 900, () => Math.round(random() * 10_000) / 100);
export const slow = (id: string, count: number) =>
  sensor(id, count, 10 * SECOND, 5, (i) => Math.round(500 + 200 * Math.sin(i / 900) + random() * 6) / 10);

/** Bytes of the file, nothing left in the log. */
export const size = (database: Database.Database) => {
  database.pragma("wal_checkpoint(TRUNCATE)");
  return statSync(database.name).size;
};
export const drain = (steps: Generator<void, number>) => {
  while (!steps.next().done);
};
export const seconds = (since: bigint) => Number(process.hrtime.bigint() - since) / 1e9;

export function openHistory(file: string) {
  const opened = openDatabase({ file, migrations: historyMigrations, synchronous: "NORMAL", busyMs: 1000 });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

/** A row for each reading, as anybody would begin. */
export function openPlain(file: string) {
  const database = new Database(file);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  database.exec(
    "CREATE TABLE plain (point INTEGER, t INTEGER, num REAL, PRIMARY KEY (point, t)) STRICT, WITHOUT ROWID",
  );
  return database;
}

/** Writes all of a source to the history, and to the plain table if there is one; answers the seconds that each took, and how many readings there were. */
export function write(source: Source, history: Database.Database, plain?: Database.Database) {
  const readings = createReadingsFile(history);
  const insert = plain?.prepare("INSERT OR REPLACE INTO plain VALUES (?, ?, ?)");
  const numbers = new Map<string, number>();
  const numberOf = (point: string) => {
    if (!numbers.has(point)) numbers.set(point, numbers.size + 1);
    return numbers.get(point);
  };
  const insertAll = plain?.transaction((batch: Reading[]) => {
    for (const { point, at, value } of batch) insert?.run(numberOf(point), at, value);
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
    insertAll?.(batch);
    took.plain += seconds(from);
    count += batch.length;
    batch = [];
  };
  for (const reading of source) if (batch.push(reading) === BATCH) flush();
  if (batch.length > 0) flush();
  drain(readings.tend(START + 800 * DAY, () => KEEP_ALL));
  return { ...took, count, numberOf };
}
