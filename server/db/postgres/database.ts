import type { Client, Pool } from "pg";
import type { Cancel, ChangeListener, Clock, Log, SqlValue, Unsubscribe } from "../../ports";
import type { ChangeKind } from "../config/access";
import { BEGIN, LIMIT_MS, type Queryable, reasonOf, transact } from "./pool";

/** Rows as they come from the driver: whoever asks parses them. */
export interface SqlRunner {
  query(sql: string, values?: readonly SqlValue[]): Promise<readonly unknown[]>;
}

export interface Database extends SqlRunner {
  /** On one connection, in one transaction: committed when `run` resolves, rolled back when it rejects. */
  transaction<T>(run: (sql: SqlRunner) => Promise<T>): Promise<T>;
  listen(channel: string, on: ChangeListener): Unsubscribe;
}

/** In the transaction that changes something: tells the other nodes of it, who hear it when the transaction commits. `id` empty: any of them. */
export type Announce = (sql: SqlRunner, kind: ChangeKind, id: string) => Promise<void>;

export interface DatabaseParts {
  url: string;
  pool: Pool;
  clock: Pick<Clock, "after" | "every">;
  log: Pick<Log, "warn">;
}

const AGAIN_MS = 250;
const ALIVE_MS = 5000;

/** Postgres as what several nodes share, for SQL that is written by hand. */
export function createDatabase(parts: DatabaseParts): Database {
  const { pool } = parts;
  return {
    query: runnerOn(pool).query,
    transaction: (run) => transact(pool, BEGIN.write, (client) => run(runnerOn(client))),
    listen: (channel, on) => listen(parts, channel, on),
  };
}

export const runnerOn = (to: Queryable): SqlRunner => ({
  query: async (sql, values = []) => (await to.query(sql, [...values])).rows,
});

/**
 * On a connection of its own, which is asked for life every few seconds and replaced when it is lost: a client of pg never comes back by itself,
 * and a network or a server that is gone may tell nothing (https://github.com/brianc/node-postgres/issues/3003).
 */
function listen({ url, clock, log }: DatabaseParts, channel: string, on: ChangeListener): Unsubscribe {
  let current: Client | undefined;
  let again: Cancel = () => undefined;
  let beat: Cancel = () => undefined;
  let stopped = false;

  async function connect(): Promise<void> {
    const { Client, escapeIdentifier } = await import("pg");
    if (stopped) return;
    const client = new Client({
      connectionString: url,
      application_name: "telltale listener",
      connectionTimeoutMillis: LIMIT_MS,
      query_timeout: LIMIT_MS,
      keepAlive: true,
    });
    current = client;
    let isUp = false;

    function lost(error?: Error): void {
      if (current !== client) return;
      current = undefined;
      beat();
      client.end().catch(() => undefined);
      again = clock.after(AGAIN_MS, () => void connect());
      if (!isUp) return;
      log.warn({ error: error && reasonOf(error) }, "the connection that hears of changes was lost");
      on.down();
    }
    client.on("error", lost);
    client.on("end", () => lost());
    client.on("notification", ({ payload }) => on.notice(payload ?? ""));
    try {
      await client.connect();
      await client.query(`LISTEN ${escapeIdentifier(channel)}`);
    } catch (error) {
      return lost(error as Error);
    }
    if (current !== client) return;
    isUp = true;
    beat = clock.every(ALIVE_MS, () => void client.query("SELECT 1").catch(lost));
    on.up();
  }
  void connect();

  return () => {
    stopped = true;
    again();
    beat();
    const client = current;
    current = undefined;
    client?.end().catch(() => undefined);
  };
}
