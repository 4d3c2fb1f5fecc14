import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { createSqliteAccounts } from "../db/sqlite/accountsDatabase";
import { openDatabase } from "../db/sqlite/openDatabase";
import { makeAccountTables } from "./accountTables";
import { MoveError, type Note, type TargetSide } from "./side";
import { createSqliteSide, FILES, MIGRATIONS } from "./sqliteSide";
import type { MovedTable } from "./tables";
import { cellToSqlite, type Row } from "./values";

const SECRET = "secret";
const NOTES = "telltale_move";

/** A data folder that is filled, and the secret that it gets. Its lock is the caller's. */
export function openSqliteTarget(folder: string, secretFile: () => string): TargetSide {
  const file = (name: string) => path.join(folder, name);
  refuseFull(folder);
  let opened: Record<(typeof FILES)[number], Database.Database> | undefined;
  const open = () => {
    opened ??= Object.fromEntries(
      FILES.map((name) => {
        const result = openDatabase({
          file: file(name),
          migrations: MIGRATIONS[name],
          // What a power cut takes away, its note goes with it.
          synchronous: "NORMAL",
          busyMs: 0,
          whileMoving: true,
        });
        if (!result.ok) throw new MoveError(result.error);
        return [name, result.value];
      }),
    ) as typeof opened & object;
    return opened;
  };
  const side = () => createSqliteSide(folder, open());
  const putNote = (database: Database.Database, { name, value }: Note) =>
    database.prepare(`INSERT OR REPLACE INTO ${NOTES} (name, value) VALUES (?, ?)`).run(name, value);

  return {
    kind: "sqlite",
    label: folder,
    shapes: () => side().shapes(),
    size: (table) => side().size(table),
    page: (table, after) => side().page(table, after),
    lastNumber: (table) => side().lastNumber(table),

    async notes() {
      if (!isBegun(file("config.db"))) return undefined;
      const { "config.db": config, "history.db": history } = open();
      return new Map([config, history].flatMap(notesIn).map(({ name, value }) => [name, value]));
    },

    async prepare(identity) {
      for (const database of Object.values(opened ?? {})) database.close();
      opened = undefined;
      // That of config.db last, and made first: by its notes what there is of others is known to be of a move.
      for (const name of FILES.toReversed())
        for (const end of ["-wal", "-shm", ""]) rmSync(`${file(name)}${end}`, { force: true });
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const name of FILES) {
        const database = new Database(file(name));
        database.exec(`CREATE TABLE ${NOTES} (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`);
        database.close();
      }
      const databases = open();
      await makeAccountTables(createSqliteAccounts(databases["config.db"]));
      for (const database of Object.values(databases)) empty(database);
      putNote(databases["config.db"], { name: "identity", value: identity });
    },

    async put(tables, note) {
      const { databaseOf } = side();
      const database = databaseOf((tables[0] as { table: MovedTable }).table);
      database.transaction(() => {
        for (const { table, rows } of tables) insert(database, table, rows);
        putNote(database, note);
      })();
    },

    async note(note) {
      putNote(open()["config.db"], note);
    },

    async setCounter(table, last) {
      const database = side().databaseOf(table);
      const counted = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ? AND sql LIKE '%AUTOINCREMENT%'");
      if (last === 0 || counted.get(table.name) === undefined) return;
      const set = database.prepare("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?");
      if (set.run(last, table.name).changes > 0) return;
      database.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)").run(table.name, last);
    },

    async finish() {
      const databases = open();
      writeFileSync(file(SECRET), secretFile(), { mode: 0o600, flush: true });
      // That of config.db at last: while it is there the move is not finished.
      for (const name of ["history.db", "config.db"] as const) {
        const database = databases[name];
        database.pragma("synchronous = FULL");
        database.exec(`DROP TABLE IF EXISTS ${NOTES}`);
        database.pragma("wal_checkpoint(TRUNCATE)");
      }
    },

    async close() {
      for (const database of Object.values(opened ?? {})) database.close();
    },
  };
}

/** Files of another installation, and not of an unfinished move. */
function refuseFull(folder: string): void {
  if (isBegun(path.join(folder, "config.db"))) return;
  const there = [...FILES, SECRET].filter((name) => {
    const file = path.join(folder, name);
    return existsSync(file) && statSync(file).size > 0;
  });
  if (there.length > 0)
    throw new MoveError(
      `${folder} is not empty: it holds ${there.join(" and ")}. Name another folder, or move these away`,
    );
}

function isBegun(config: string): boolean {
  if (!existsSync(config) || statSync(config).size === 0) return false;
  const database = new Database(config, { readonly: true });
  try {
    return hasNotes(database);
  } catch {
    // No database, or a damaged one: certainly no move of ours.
    return false;
  } finally {
    database.close();
  }
}

const hasNotes = (database: Database.Database): boolean =>
  database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get(NOTES) !== undefined;

const notesIn = (database: Database.Database): Note[] =>
  hasNotes(database) ? database.prepare<[], Note>(`SELECT name, value FROM ${NOTES}`).all() : [];

/** What the steps of the shape have put into their tables. */
function empty(database: Database.Database): void {
  const tables = database
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT IN ('telltale_migrations', '${NOTES}')`,
    )
    .pluck();
  for (const name of tables.all()) database.exec(`DELETE FROM "${name}"`);
}

function insert(database: Database.Database, { name, columns }: MovedTable, rows: readonly Row[]): void {
  const names = columns.map((column) => `"${column.name}"`).join(", ");
  const statement = database.prepare(`INSERT INTO "${name}" (${names}) VALUES (${columns.map(() => "?").join(", ")})`);
  for (const row of rows)
    statement.run(...row.map((cell, i) => cellToSqlite(cell, (columns[i] as { sqliteType: string }).sqliteType)));
}
