import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { err, ok, type Result } from "../../../lib/result";
import type { Migration } from "../migrations";

export interface OpenOptions {
  file: string;
  migrations: readonly Migration[];
  /** FULL: on disk when a commit returns. NORMAL: a power cut may lose the last commits, never damage the file. */
  synchronous: "FULL" | "NORMAL";
  /** How long a statement may wait for another process's lock; it blocks its thread meanwhile. */
  busyMs: number;
  /** Above this size only one table is checked in depth, since a check reads the whole file. */
  fullCheckBytes?: number;
  smallTable?: string;
  /** For whoever fills it (server/move): others are refused until all is there. */
  whileMoving?: boolean;
}

/**
 * Opens or makes a SQLite database in WAL mode, checks that it is whole and brings it to the present shape.
 * A file that is damaged, empty, not a database or from a newer Telltale is refused with the reason and left as it is:
 * starting afresh over what people configured is theirs to decide.
 */
export function openDatabase(options: OpenOptions): Result<Database.Database> {
  const { file } = options;
  let database: Database.Database | undefined;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const damage = existsSync(file) ? findDamage(options) : undefined;
    if (damage !== undefined) return err(damaged(file, damage));
    database = new Database(file, { timeout: options.busyMs });
    database.pragma("journal_mode = WAL");
    database.pragma(`synchronous = ${options.synchronous}`);
    // Each of the connections fills its own; the system's cache of the file is there for all of them.
    database.pragma("cache_size = -4096");
    // Without it the log stays as large as its largest moment.
    database.pragma("journal_size_limit = 16777216");
    const refusal =
      (options.whileMoving ? undefined : findMove(database, file)) ?? migrate(database, options.migrations, file);
    if (refusal !== undefined) {
      database.close();
      return err(refusal);
    }
    // Also for -wal and -shm, which take their mode from it.
    chmodSync(file, 0o600);
    return ok(database);
  } catch (error) {
    database?.close();
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (["SQLITE_NOTADB", "SQLITE_CORRUPT"].some((c) => code.startsWith(c))) return err(damaged(file, message));
    return err(`the database ${file} cannot be opened: ${message}`);
  }
}

const damaged = (file: string, reason: string): string =>
  `the database ${file} is damaged (${reason}). It was left untouched: restore it from a backup, or move it away to start with an empty one`;

/** Looks through a connection that cannot write: closing one that can would fold the log into a damaged file. */
function findDamage(options: OpenOptions): string | undefined {
  const { file, fullCheckBytes = Number.POSITIVE_INFINITY, smallTable } = options;
  const { size } = statSync(file);
  // SQLite takes an empty file for a new database; here it is one that was cut off.
  if (size === 0) return "it is empty";
  const large = size > fullCheckBytes && smallTable !== undefined;
  if (large && isCutOff(file, size)) return "it is truncated: shorter than its header says";
  const database = new Database(file, { readonly: true, timeout: options.busyMs });
  try {
    const result = database.pragma(large ? `quick_check('${smallTable}')` : "quick_check", { simple: true });
    return result === "ok" ? undefined : String(result).replaceAll("\n", "; ");
  } finally {
    database.close();
  }
}

/**
 * The header says page size (bytes 16-17; 1 means 65,536) and pages (28-31), https://www.sqlite.org/fileformat2.html#the_database_header
 * While a log stands beside the file, it may hold the pages that are missing.
 */
function isCutOff(file: string, size: number): boolean {
  if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0) return false;
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, "r");
  readSync(descriptor, header, 0, header.length, 0);
  closeSync(descriptor);
  const pageSize = header.readUInt16BE(16);
  return size < header.readUInt32BE(28) * (pageSize === 1 ? 65_536 : pageSize);
}

/** The notes of a move (server/move) that has not put everything into it yet. */
function findMove(database: Database.Database, file: string): string | undefined {
  const notes = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'telltale_move'").get();
  return notes === undefined
    ? undefined
    : `a move into ${file} is not finished: go on with the npm run move that began it, or start Telltale on what it moves from`;
}

/** Each step in its own transaction, so that a crash between two leaves a database of the step before. */
function migrate(database: Database.Database, migrations: readonly Migration[], file: string): string | undefined {
  database.exec(
    "CREATE TABLE IF NOT EXISTS telltale_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL) STRICT",
  );
  const done = database.prepare("SELECT coalesce(max(number), 0) FROM telltale_migrations").pluck().get() as number;
  const newest = migrations.at(-1)?.number ?? 0;
  if (done > newest)
    return `the database ${file} was last used by a newer Telltale (its shape is ${done}, this version knows ${newest}). Start that version again, or restore the backup from before the upgrade`;
  const record = database.prepare(
    "INSERT INTO telltale_migrations (number, name, at) VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%SZ'))",
  );
  for (const step of migrations.filter((m) => m.number > done))
    database
      .transaction(() => {
        database.exec(step.sql);
        record.run(step.number, step.name);
      })
      .immediate();
  return undefined;
}
