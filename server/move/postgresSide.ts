import type { Pool, PoolClient } from "pg";
import { postgresConfigMigrations } from "../db/config/tables";
import { postgresHistoryMigrations } from "../db/migrations/postgres";
import { createPool, reasonOf } from "../db/postgres/pool";
import { MoveError, PAGE, type Side, type SourceSide } from "./side";
import type { MovedTable, TableShape } from "./tables";
import { type ColumnKind, cellFromPostgres, ROW_BYTES, type Row } from "./values";

export const PARTS = { config: postgresConfigMigrations, history: postgresHistoryMigrations };

/** Shown in pg_stat_activity. The stores of a Telltale are called otherwise. */
const NAME = "telltale move";

export const quoted = (name: string): string => `"${name}"`;
export const list = (columns: readonly { name: string }[]): string =>
  columns.map(({ name }) => quoted(name)).join(", ");

/** As people may see it: without user and password. */
function labelOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `postgres://${host}${pathname}`;
}

export interface Connection {
  client: PoolClient;
  close(): Promise<void>;
}

/** One connection for all of the move: a statement may take as long as it does, and a pause between two as well. */
export async function connect(url: string): Promise<Connection> {
  const pool: Pool = await createPool({ url, name: NAME, connections: 1, limitMs: 0 });
  try {
    const client = await pool.connect();
    // Without a listener the event of a lost connection would end the process; the statement that fails of it tells it.
    client.on("error", () => undefined);
    await client.query("SET idle_in_transaction_session_timeout = 0");
    return {
      client,
      async close() {
        client.release(true);
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw new MoveError(
      `${labelOf(url)} cannot be used: ${reasonOf(error)}. See that it runs, that the database exists, and that user and password are right`,
    );
  }
}

export function createPostgresSide(url: string, client: PoolClient): Side {
  const rowsOf = async (sql: string, values: unknown[] = []): Promise<unknown[][]> =>
    (await client.query({ text: sql, values, rowMode: "array" })).rows as unknown as unknown[][];

  return {
    kind: "postgres",
    label: labelOf(url),
    shapes: () => shapesOf(client),

    async size({ name, columns }) {
      const [row] = await rowsOf(
        `SELECT count(*), coalesce(sum(${lengthOf(columns)}), 0)::bigint FROM ${quoted(name)}`,
      );
      return { rows: Number(row?.[0]), bytes: Number(row?.[1]) };
    },

    async page({ name, columns, key }, after) {
      const keys = key.map(quoted).join(", ");
      const types = key.map((one) => columns.find((column) => column.name === one)?.postgresType);
      const behind = after ? `WHERE (${keys}) > (${types.map((type, i) => `$${i + 1}::${type}`).join(", ")})` : "";
      // The lengths are known without reading what they are of, and the sum ends with the page.
      const rows = await rowsOf(
        `SELECT ${list(columns)} FROM (
           SELECT ${list(columns)}, sum("#bytes") OVER (ORDER BY ${keys}) - "#bytes" AS "#before" FROM (
             SELECT ${list(columns)}, ${lengthOf(columns)} AS "#bytes" FROM ${quoted(name)} ${behind} ORDER BY ${keys} LIMIT ${PAGE.rows}
           ) rest
         ) page WHERE "#before" < ${PAGE.bytes} ORDER BY ${keys}`,
        [...(after ?? [])],
      );
      return rows.map((row): Row => row.map(cellFromPostgres));
    },

    async lastNumber({ name }) {
      const [row] = await rowsOf(
        `SELECT pg_sequence_last_value(pg_get_serial_sequence($1, column_name)::regclass) FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = $2 AND is_identity = 'YES'`,
        [quoted(name), name],
      );
      return Number(row?.[0] ?? 0);
    },

    close: async () => undefined,
  };
}

const isLong = ({ kind }: { kind: ColumnKind }): boolean => kind === "text" || kind === "bytes";

function lengthOf(columns: MovedTable["columns"]): string {
  const long = columns.filter(isLong).map(({ name }) => `coalesce(octet_length(${quoted(name)}), 0)`);
  return [String(ROW_BYTES + 8 * (columns.length - long.length)), ...long].join(" + ");
}

async function shapesOf(client: PoolClient): Promise<TableShape[]> {
  const { rows } = await client.query<{
    name: string;
    columns: { name: string; type: string }[];
    key: string[];
    references: string[];
  }>(
    `SELECT c.relname AS name,
       (SELECT json_agg(json_build_object('name', a.attname, 'type', t.typname) ORDER BY a.attnum)
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
       ARRAY(SELECT a.attname::text FROM pg_index i CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.place) AS key,
       ARRAY(SELECT f.relname::text FROM pg_constraint r JOIN pg_class f ON f.oid = r.confrelid
        WHERE r.conrelid = c.oid AND r.contype = 'f') AS references
     FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname`,
  );
  return rows;
}

/** Nothing is written into it, and all of the move sees one state. */
export async function openPostgresSource(url: string): Promise<SourceSide> {
  const { client, close } = await connect(url);
  const side = createPostgresSide(url, client);
  try {
    await refuseOtherShape(client, side.label);
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  } catch (error) {
    await close();
    throw error;
  }
  // A connection of its own: inside the transaction the list of connections stays as it was.
  const users: SourceSide["users"] = async (who) => {
    const own = await connect(url);
    try {
      return await usersOf(own.client, who);
    } finally {
      await own.close();
    }
  };
  return { ...side, stamp: "", users, close };
}

async function refuseOtherShape(client: PoolClient, label: string): Promise<void> {
  const there = await client.query<{ there: boolean }>(
    "SELECT to_regclass('telltale_migrations') IS NOT NULL AS there",
  );
  if (!there.rows[0]?.there) throw new MoveError(`${label} holds no Telltale: there are no tables of it`);
  for (const [part, migrations] of Object.entries(PARTS)) {
    const { rows } = await client.query<{ done: number }>(
      "SELECT coalesce(max(number), 0) AS done FROM telltale_migrations WHERE part = $1",
      [part],
    );
    const [done, newest] = [rows[0]?.done ?? 0, migrations.at(-1)?.number ?? 0];
    if (done < newest)
      throw new MoveError(
        `${label} was last used by an older Telltale. Start this version on it once, stop it, and move then`,
      );
    if (done > newest) throw new MoveError(`${label} was last used by a newer Telltale. Move it with that version`);
  }
}

/** The server may still count who has just left. */
const LEAVING_MS = 5000;
const LOOK_AGAIN_MS = 100;

/**
 * Telltales that are connected to the database, as far as its user may see them. `leaving`: those that leave within some seconds do not count.
 */
export async function usersOf(client: PoolClient, { leaving }: { leaving: boolean }): Promise<string | undefined> {
  const until = performance.now() + (leaving ? LEAVING_MS : 0);
  for (;;) {
    const { rows } = await client.query<{ place: string }>(
      `SELECT DISTINCT coalesce(host(client_addr), 'this machine') AS place FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'telltale %' AND application_name <> $1`,
      [NAME],
    );
    if (rows.length === 0) return undefined;
    if (performance.now() > until) return rows.map(({ place }) => place).join(", ");
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
