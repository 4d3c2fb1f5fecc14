import type { Pool, PoolClient } from "pg";
import { err, ok, type Result } from "../../../lib/result";
import type { Migration } from "../migrations";
import { createPool } from "./pool";

/** The key of the lock under which the tables of an installation change their shape: any number, the same in all versions. */
const MIGRATION_LOCK = 8_387_236;

/**
 * Runs `work` while no other node of the installation does: two that make the same table at once would both fail. The lock is its session's and
 * ends with it, however that ends. Waiting for another node has no limit, so the connections are others than those that answer requests.
 */
export async function whileMigrating<T>(url: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const pool: Pool = await createPool({ url, name: "telltale migrations", connections: 1, limitMs: 0 });
  try {
    const client = await pool.connect();
    // Without a listener the event of a lost connection would end the process; the statement that fails of it tells it.
    client.on("error", () => undefined);
    try {
      await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
      return await work(client);
    } finally {
      client.release(true);
    }
  } finally {
    await pool.end();
  }
}

const OLDEST_VERSION = 14;

/** Why this server or database cannot hold the tables; undefined: it can. */
export async function findMisfit(client: PoolClient): Promise<string | undefined> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version, current_setting('server_encoding') AS encoding`,
  );
  const { version, encoding } = rows[0] ?? { version: 0, encoding: "" };
  if (version < OLDEST_VERSION)
    return `the server in DATABASE_URL is Postgres ${version}: Telltale needs Postgres ${OLDEST_VERSION} or newer`;
  if (encoding !== "UTF8")
    return `the database in DATABASE_URL has the encoding ${encoding}: make one with createdb --encoding=UTF8 --template=template0`;
  return undefined;
}

/** Why nothing may use this database yet: it holds the notes of a move (server/move) that has not put everything into it. */
export async function findMove(client: PoolClient): Promise<string | undefined> {
  const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass('telltale_move') IS NOT NULL AS there");
  return rows[0]?.there
    ? "a move into the database in DATABASE_URL is not finished: go on with the npm run move that began it, or start Telltale on what it moves from"
    : undefined;
}

/**
 * Brings the tables of one part to the present shape, each step in a transaction of its own. A shape of a newer Telltale is refused, unless its
 * steps only expand this version's.
 */
export async function migrate(
  client: PoolClient,
  part: "config" | "history",
  migrations: readonly Migration[],
): Promise<Result<null>> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS telltale_migrations (
       part TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, expands BOOLEAN NOT NULL,
       at TIMESTAMPTZ NOT NULL DEFAULT now(), PRIMARY KEY (part, number)
     )`,
  );
  const { rows } = await client.query<{ done: number; needed: number }>(
    `SELECT coalesce(max(number), 0) AS done, coalesce(max(number) FILTER (WHERE NOT expands), 0) AS needed
     FROM telltale_migrations WHERE part = $1`,
    [part],
  );
  const { done, needed } = rows[0] ?? { done: 0, needed: 0 };
  const newest = migrations.at(-1)?.number ?? 0;
  if (needed > newest)
    return err(
      `the database in DATABASE_URL was last used by a newer Telltale (the shape of its ${part} is ${needed}, this version knows ${newest}). Start that version again, or restore the dump from before the upgrade`,
    );
  for (const step of migrations.filter(({ number }) => number > done)) await takeStep(client, part, step);
  return ok(null);
}

async function takeStep(client: PoolClient, part: string, step: Migration): Promise<void> {
  const { number, name, sql, expands = false } = step;
  await client.query("BEGIN");
  try {
    await client.query(sql);
    const note = "INSERT INTO telltale_migrations (part, number, name, expands) VALUES ($1, $2, $3, $4)";
    await client.query(note, [part, number, name, expands]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
