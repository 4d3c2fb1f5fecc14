import type { PoolClient } from "pg";
import { createPostgresAccounts } from "../db/postgres/accountsDatabase";
import { findMisfit, migrate, whileMigrating } from "../db/postgres/migrate";
import { createPool } from "../db/postgres/pool";
import { makeAccountTables } from "./accountTables";
import { connect, createPostgresSide, list, PARTS, quoted, usersOf } from "./postgresSide";
import { MoveError, type Note, type TargetSide } from "./side";
import type { MovedTable } from "./tables";
import type { Row } from "./values";

const NOTES = "telltale_move";
/** The key of the lock of a move: any number, the same in all versions. */
const MOVE_LOCK = 668_353;
/** The server may find out a little later that the process before this one was killed. */
const LOCK_WAIT_MS = 10_000;

/** A database that is filled. */
export async function openPostgresTarget(url: string): Promise<TargetSide> {
  const { client, close } = await connect(url);
  const side = createPostgresSide(url, client);
  try {
    await lock(client, side.label);
    const misfit = await findMisfit(client);
    if (misfit !== undefined) throw new MoveError(misfit.replaceAll("DATABASE_URL", "--to"));
    await refuseFull(client, side.label);
  } catch (error) {
    await close();
    throw error;
  }

  const putNote = ({ name, value }: Note) =>
    client.query(
      `INSERT INTO ${NOTES} (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      [name, value],
    );

  return {
    ...side,
    close,

    async notes() {
      if (!(await isBegun(client))) return undefined;
      const { rows } = await client.query<Note>(`SELECT name, value FROM ${NOTES}`);
      return new Map(rows.map(({ name, value }) => [name, value]));
    },

    async prepare(identity, ours) {
      const there = (await side.shapes()).map(({ name }) => name);
      const others = there.filter((name) => !ours(name));
      if (others.length > 0) throw new MoveError(notEmpty(side.label, others));
      await inTransaction(client, async () => {
        for (const name of there) await client.query(`DROP TABLE ${quoted(name)} CASCADE`);
        await client.query(`CREATE TABLE ${NOTES} (name TEXT PRIMARY KEY, value TEXT NOT NULL)`);
      });
      await makeTables(url);
      const made = (await side.shapes()).map(({ name }) => name).filter((name) => ![NOTES, MIGRATIONS].includes(name));
      await client.query(`TRUNCATE ${made.map(quoted).join(", ")}`);
      await putNote({ name: "identity", value: identity });
    },

    async put(tables, note) {
      await inTransaction(client, async () => {
        for (const { table, rows } of tables) await insert(client, table, rows);
        await putNote(note);
      });
    },

    async note(note) {
      await putNote(note);
    },

    async setCounter({ name }, last) {
      const { rows } = await client.query<{ column: string }>(
        `SELECT column_name AS column FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = $1 AND is_identity = 'YES'`,
        [name],
      );
      for (const { column } of rows)
        await client.query(
          `SELECT setval(pg_get_serial_sequence($1, $2), n, true)
           FROM (SELECT greatest($3::bigint, max(${quoted(column)})) AS n FROM ${quoted(name)}) a WHERE n > 0`,
          [quoted(name), column, last],
        );
    },

    async finish() {
      await client.query("ANALYZE");
      await client.query(`DROP TABLE ${NOTES}`);
    },
  };
}

const MIGRATIONS = "telltale_migrations";

async function lock(client: PoolClient, label: string): Promise<void> {
  const until = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    const { rows } = await client.query<{ held: boolean }>("SELECT pg_try_advisory_lock($1) AS held", [MOVE_LOCK]);
    if (rows[0]?.held) return;
    if (performance.now() > until) throw new MoveError(`another move is filling ${label}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function isBegun(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(`SELECT to_regclass('${NOTES}') IS NOT NULL AS there`);
  return rows[0]?.there ?? false;
}

async function refuseFull(client: PoolClient, label: string): Promise<void> {
  const users = await usersOf(client, { leaving: true });
  if (users !== undefined) throw new MoveError(`a Telltale is connected to ${label} (from ${users}): stop it first`);
  if (await isBegun(client)) return;
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
     ORDER BY relname LIMIT 4`,
  );
  if (rows.length > 0)
    throw new MoveError(
      notEmpty(
        label,
        rows.map(({ name }) => name),
      ),
    );
}

function notEmpty(label: string, tables: readonly string[]): string {
  const names = tables.slice(0, 3).join(", ") + (tables.length > 3 ? ", …" : "");
  return `${label} is not empty: it holds tables (${names}). Make a new database with createdb and name that one`;
}

/** As a start of Telltale does. */
async function makeTables(url: string): Promise<void> {
  await whileMigrating(url, async (client) => {
    for (const [part, migrations] of Object.entries(PARTS)) {
      const made = await migrate(client, part as keyof typeof PARTS, migrations);
      if (!made.ok) throw new MoveError(made.error);
    }
  });
  const pool = await createPool({ url, name: "telltale move", connections: 3, limitMs: 0 });
  try {
    await makeAccountTables(createPostgresAccounts({ url, pool }));
  } finally {
    await pool.end();
  }
}

async function inTransaction(client: PoolClient, work: () => Promise<void>): Promise<void> {
  await client.query("BEGIN");
  try {
    await work();
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function insert(client: PoolClient, { name, columns }: MovedTable, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const arrays = columns.map(({ postgresType }, i) => `$${i + 1}::${postgresType}[]`).join(", ");
  await client.query(
    `INSERT INTO ${quoted(name)} (${list(columns)}) OVERRIDING SYSTEM VALUE SELECT * FROM unnest(${arrays})`,
    columns.map((_, i) => rows.map((row) => row[i])),
  );
}
