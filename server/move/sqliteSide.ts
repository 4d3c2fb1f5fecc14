import { existsSync, statSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { configMigrations } from "../db/config/tables";
import { historyMigrations } from "../db/migrations";
import { MoveError, PAGE, type Side, type SourceSide } from "./side";
import type { MovedColumn, MovedTable, TableShape } from "./tables";
import { bytesOf, cellFromSqlite, ROW_BYTES, type Row } from "./values";

export const FILES = ["config.db", "history.db"] as const;
type FileName = (typeof FILES)[number];

export const MIGRATIONS = { "config.db": configMigrations, "history.db": historyMigrations };

const quoted = (name: string): string => `"${name}"`;
const list = (columns: readonly { name: string }[]): string => columns.map(({ name }) => quoted(name)).join(", ");

/** The data folder of an installation, whose databases are open. */
export function createSqliteSide(label: string, databases: Readonly<Record<FileName, Database.Database>>) {
  const all = Object.values(databases);
  const has = (database: Database.Database, table: string) =>
    database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !== undefined;
  const databaseOf = ({ name }: MovedTable): Database.Database => {
    const found = all.find((database) => has(database, name));
    if (!found) throw new MoveError(`${label} has no table ${name}`);
    return found;
  };

  const side: Side = {
    kind: "sqlite",
    label,
    shapes: async () => all.flatMap(shapesOf),

    async size(table) {
      const long = table.columns.filter(isLong).map(({ name }) => `coalesce(length(${quoted(name)}), 0)`);
      const others = ROW_BYTES + 8 * (table.columns.length - long.length);
      const sum = `coalesce(sum(${[String(others), ...long].join(" + ")}), 0)`;
      return databaseOf(table)
        .prepare<[], { rows: number; bytes: number }>(
          `SELECT count(*) AS rows, ${sum} AS bytes FROM ${quoted(table.name)}`,
        )
        .get() as { rows: number; bytes: number };
    },

    async page(table, after) {
      const { columns, key, name } = table;
      const keys = key.map(quoted).join(", ");
      const behind = after ? `WHERE (${keys}) > (${key.map(() => "?").join(", ")})` : "";
      const statement = databaseOf(table)
        .prepare<unknown[], unknown[]>(
          `SELECT ${list(columns)} FROM ${quoted(name)} ${behind} ORDER BY ${keys} LIMIT ?`,
        )
        .raw();
      const page: Row[] = [];
      let bytes = 0;
      for (const values of statement.iterate(...(after ?? []), PAGE.rows)) {
        const row = values.map((value, i) => cellFromSqlite(value, (columns[i] as MovedColumn).kind));
        page.push(row);
        bytes += bytesOf(row);
        if (bytes >= PAGE.bytes) break;
      }
      return page;
    },

    async lastNumber(table) {
      const database = databaseOf(table);
      if (!has(database, "sqlite_sequence")) return 0;
      const last = database.prepare<[string], number>("SELECT seq FROM sqlite_sequence WHERE name = ?").pluck();
      return last.get(table.name) ?? 0;
    },

    async close() {
      for (const database of all) database.close();
    },
  };
  return { ...side, databaseOf };
}

const isLong = ({ kind }: MovedColumn): boolean => kind === "text" || kind === "bytes";

function shapesOf(database: Database.Database): TableShape[] {
  const tables = database
    .prepare<[], { name: string; wr: number }>(
      "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
    )
    .all();
  return tables.map(({ name, wr }) => {
    const columns = database
      .prepare<[string], { name: string; type: string; pk: number }>("SELECT name, type, pk FROM pragma_table_info(?)")
      .all(name);
    const references = database.prepare<[string], string>('SELECT "table" FROM pragma_foreign_key_list(?)').pluck();
    return {
      name,
      // The order in which its rows were added: on Postgres a column.
      columns: wr ? columns : [...columns, { name: "rowid", type: "INTEGER" }],
      key: columns
        .filter(({ pk }) => pk > 0)
        .sort((a, b) => a.pk - b.pk)
        .map((column) => column.name),
      references: references.all(name),
    };
  });
}

/** The data folder as it is: nothing is written into it. Its lock is the caller's. */
export function openSqliteSource(folder: string): SourceSide {
  const databases = Object.fromEntries(FILES.map((name) => [name, openReadOnly(path.join(folder, name))])) as Record<
    FileName,
    Database.Database
  >;
  for (const name of FILES) {
    const newest = MIGRATIONS[name].at(-1)?.number ?? 0;
    const done = databases[name].prepare("SELECT max(number) FROM telltale_migrations").pluck().get() as number;
    if (done < newest)
      throw new MoveError(
        `${folder} was last used by an older Telltale. Start this version on it once, stop it, and move then`,
      );
    if (done > newest) throw new MoveError(`${folder} was last used by a newer Telltale. Move it with that version`);
  }
  // One state of each file, for as long as the move takes.
  for (const database of Object.values(databases)) database.exec("BEGIN");
  return {
    ...createSqliteSide(folder, databases),
    stamp: FILES.flatMap((name) => [name, `${name}-wal`])
      .map((name) => path.join(folder, name))
      .filter((file) => existsSync(file) && statSync(file).size > 0)
      .map((file) => `${path.basename(file)} ${statSync(file).size} ${statSync(file).mtimeMs}`)
      .join(", "),
    // The lock of the folder keeps them out.
    users: async () => undefined,
  };
}

/** SQLite puts empty files for its log beside a database that it reads; the database stays as it is (https://www.sqlite.org/wal.html). */
function openReadOnly(file: string): Database.Database {
  try {
    const database = new Database(file, { readonly: true });
    database.prepare("SELECT count(*) FROM telltale_migrations").get();
    return database;
  } catch (error) {
    throw new MoveError(`the database ${file} cannot be read: ${(error as Error).message}`);
  }
}
