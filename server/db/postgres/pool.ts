import type { Pool, PoolClient, QueryResult, QueryResultRow } from "pg";
import type { Log } from "../../ports";

/** A query waits so long for a free connection, and for its reply: a database that is paused or unreachable says nothing at all. */
export const LIMIT_MS = 5000;
/** A paused process must not hold its locks for longer. */
const IDLE_IN_TRANSACTION_MS = 10_000;

/** The pool for one statement, a client inside a transaction. */
export interface Queryable {
  query<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<QueryResult<Row>>;
}

export interface PoolOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  connections: number;
  /** How long a query may take; 0: any time. */
  limitMs?: number;
  log?: Pick<Log, "warn">;
}

/**
 * Connections to Postgres, made when they are needed. The driver is loaded here, so that its 13 MB are not those of a server that has no use for
 * it. Integers of eight bytes come as numbers: counters and times are far below 2^53.
 */
export async function createPool({ url, name, connections, limitMs = LIMIT_MS, log }: PoolOptions): Promise<Pool> {
  const { Pool, types } = await import("pg");
  const pool = new Pool({
    connectionString: url,
    application_name: name,
    max: connections,
    connectionTimeoutMillis: LIMIT_MS,
    query_timeout: limitMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    types: {
      getTypeParser: (type, format) => (type === types.builtins.INT8 ? Number : types.getTypeParser(type, format)),
    },
  });
  // Of a connection that nobody uses. Without a listener its error would end the process (https://node-postgres.com/apis/pool#error).
  pool.on("error", (error) => log?.warn({ error: error.message }, "a connection to Postgres was lost"));
  return pool;
}

/** Where several addresses were tried, the error has no message of its own. */
export const reasonOf = (error: unknown): string =>
  error instanceof AggregateError ? error.errors.map(reasonOf).join("; ") : (error as Error).message;

/** Where the database has not replied before, it hardly will now: then the connection is closed, which ends the transaction too. */
const ROLLBACK = { text: "ROLLBACK", query_timeout: 1000 };

export const BEGIN = {
  /** Each statement sees what others have committed before it: after waiting for a lock, what its holder did. */
  write: "BEGIN ISOLATION LEVEL READ COMMITTED",
  /** One state of the tables for all statements. */
  read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  /** For a process that holds a lease: were it paused in here, it would keep the lease from the others for longer than the lease is for. */
  fenced: "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = '2s'",
} as const;

/**
 * Runs `work` in a transaction on one connection: committed when it resolves, rolled back when it rejects. `begin` is one of BEGIN, with a first query
 * behind it where that saves a way to the server; `begun` is the reply to all of it.
 */
export async function transact<T>(
  pool: Pool,
  begin: string,
  work: (client: PoolClient, begun: unknown) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const note = (error: Error) => {
    broken = error;
  };
  // The client tells a lost connection by this event too; the query that fails of it is what the caller hears.
  client.on("error", note);
  try {
    const begun = await client.query(begin);
    const value = await work(client, begun);
    await client.query("COMMIT");
    return value;
  } catch (error) {
    await client.query(ROLLBACK).catch(note);
    throw error;
  } finally {
    client.off("error", note);
    // With an error: the connection is closed and not used again.
    client.release(broken);
  }
}
