import { type ColumnKind, kindOfType } from "./values";

/** A table as a database describes it. */
export interface TableShape {
  name: string;
  columns: readonly { name: string; type: string }[];
  /** The columns of its primary key. */
  key: readonly string[];
  /** Tables whose rows its rows name. */
  references: readonly string[];
}

export interface MovedColumn {
  name: string;
  kind: ColumnKind;
  sqliteType: string;
  postgresType: string;
}

/** A table that both databases have, with the same columns. */
export interface MovedTable {
  name: string;
  columns: readonly MovedColumn[];
  key: readonly string[];
}

/** What is not moved, and why. What both databases have is moved without being named anywhere. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  telltale_migrations: "each database has steps of its own",
  telltale_move: "the notes of a move itself",
  history_writers: "which batch of a running process was stored last",
  build_files: "the files of the builds that run on it: each node stores those of its own",
  leases: "who records, of running nodes",
  nodes: "the running nodes",
  versions: "what running nodes have heard of",
  recordings: "how far a running recorder has come",
  recording_marks: "what a running recorder has stored last",
  point_claims: "which point waits for a command of a running node",
  applied_file: "telltale.yaml, which is read where Telltale is started",
  command_messages: "which messages of the last moments are commands of running nodes",
};

/** What one database alone has and the other has no place for. As soon as both have it, it is moved. */
export const ONE_SIDED: Readonly<Record<string, string>> = {};

/** Readings that are not packed yet: rows in SQLite, batches in Postgres (looseReadings.ts). */
export const LOOSE = { sqlite: "numbers", postgres: "history_journal" } as const;

/** Whether a table belongs to Telltale: one of this list, or one that the source has. */
export function isOurs(name: string, source: readonly TableShape[]): boolean {
  const named = name in LEFT_OUT || name in ONE_SIDED || name === LOOSE.sqlite || name === LOOSE.postgres;
  return named || source.some((table) => table.name === name);
}

export interface Plan {
  /** Those that others name come before them. */
  tables: readonly MovedTable[];
  /** Of this database alone: `numbers`, `history_journal`. */
  loose: { sqlite: MovedTable; postgres: MovedTable };
  /** What one database alone has, with the reason why the other has no place for it. */
  left: readonly { table: MovedTable; in: "sqlite" | "postgres"; why: string }[];
  /** Tables of either database that are not Telltale's. */
  strange: readonly string[];
  /** What is not as this version makes it. */
  faults: readonly string[];
}

/** What is moved between two databases of the present shape. */
export function planMove(
  sqlite: readonly TableShape[],
  postgres: readonly TableShape[],
  oneSided: Readonly<Record<string, string>> = ONE_SIDED,
): Plan {
  const faults: string[] = [];
  const inSqlite = new Map(sqlite.map((table) => [table.name, table]));
  const inPostgres = new Map(postgres.map((table) => [table.name, table]));
  const names = [...new Set([...inSqlite.keys(), ...inPostgres.keys()])].filter((name) => !(name in LEFT_OUT));
  const strange: string[] = [];
  const left: Plan["left"][number][] = [];
  const tables = new Map<string, MovedTable>();
  for (const name of names) {
    const [here, there] = [inSqlite.get(name), inPostgres.get(name)];
    if (here && there) tables.set(name, join(here, there, faults));
    else if (name in oneSided)
      left.push({
        table: { name, columns: [], key: [] },
        in: here ? "sqlite" : "postgres",
        why: oneSided[name] as string,
      });
    else if (name !== LOOSE.sqlite && name !== LOOSE.postgres) strange.push(name);
  }
  const only = (shape: TableShape | undefined, name: string): MovedTable => {
    if (!shape) faults.push(`the table ${name} is missing`);
    return {
      name,
      columns: shape?.columns.map((column) => alone(column)) ?? [],
      key: shape?.key ?? [],
    };
  };
  const loose = {
    sqlite: only(inSqlite.get(LOOSE.sqlite), LOOSE.sqlite),
    postgres: only(inPostgres.get(LOOSE.postgres), LOOSE.postgres),
  };
  return { tables: inOrder(tables, [...sqlite, ...postgres]), loose, left, strange, faults };
}

function join(sqlite: TableShape, postgres: TableShape, faults: string[]): MovedTable {
  const { name, key } = postgres;
  const columns = postgres.columns.flatMap((column) => {
    const other = sqlite.columns.find((one) => one.name === column.name);
    const kind = kindOfType(column.type);
    if (!other) faults.push(`${name}.${column.name} is in Postgres only`);
    if (!kind) faults.push(`${name}.${column.name} has the type ${column.type}, which cannot be moved`);
    return other && kind
      ? [{ name: column.name, kind, sqliteType: other.type.toUpperCase(), postgresType: column.type }]
      : [];
  });
  for (const column of sqlite.columns)
    if (column.name !== "rowid" && !postgres.columns.some((one) => one.name === column.name))
      faults.push(`${name}.${column.name} is in SQLite only`);
  if (key.length === 0) faults.push(`${name} has no primary key`);
  return { name, columns, key };
}

/** A column of a table that one database alone has: as it is there. */
function alone({ name, type }: { name: string; type: string }): MovedColumn {
  const ofSqlite: Record<string, ColumnKind> = { INTEGER: "whole", REAL: "real", TEXT: "text", BLOB: "bytes" };
  const kind = ofSqlite[type] ?? kindOfType(type) ?? "text";
  return { name, kind, sqliteType: type, postgresType: type };
}

function inOrder(tables: ReadonlyMap<string, MovedTable>, shapes: readonly TableShape[]): MovedTable[] {
  const ordered = new Map<string, MovedTable>();
  const put = (name: string): void => {
    const table = tables.get(name);
    if (!table || ordered.has(name)) return;
    for (const shape of shapes.filter((one) => one.name === name))
      for (const other of shape.references) if (other !== name) put(other);
    ordered.set(name, table);
  };
  for (const name of tables.keys()) put(name);
  return [...ordered.values()];
}

export function tableCalled(tables: readonly MovedTable[], name: string): MovedTable {
  const table = tables.find((one) => one.name === name);
  if (!table) throw new Error(`there is no table ${name}`);
  return table;
}

/** A row of a table out of its values by name. */
export function rowOf<T>(table: MovedTable, values: Readonly<Record<string, T>>): T[] {
  return table.columns.map(({ name }) => {
    const value = values[name];
    if (value === undefined) throw new Error(`nothing is known for ${table.name}.${name}`);
    return value;
  });
}
