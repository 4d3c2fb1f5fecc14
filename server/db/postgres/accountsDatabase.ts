import { Kysely, PostgresDialect } from "kysely";
import type { Pool } from "pg";
import { createSerial } from "../../../lib/serial";
import type { AccountsDatabase, AccountTables } from "../../ports";
import { whileMigrating } from "./migrate";

/** The key of the lock under which accounts change: any number, the same in all versions. */
const ACCOUNTS_LOCK = 222_268;

/** The accounts in the database of the configuration. `pool` needs three connections or more: one is held while accounts change. */
export function createPostgresAccounts({ url, pool }: { url: string; pool: Pool }): AccountsDatabase {
  // Several at once would take all connections, and then wait for the ones that better-auth needs.
  const serial = createSerial();

  async function locked<T>(work: () => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let failed: Error | undefined;
    const note = (error: Error) => {
      failed = error;
    };
    client.on("error", note);
    try {
      await client.query("SELECT pg_advisory_lock($1)", [ACCOUNTS_LOCK]);
      return await work();
    } finally {
      await client.query("SELECT pg_advisory_unlock($1)", [ACCOUNTS_LOCK]).catch(note);
      client.off("error", note);
      // A connection that failed is closed: it would hold the lock.
      client.release(failed);
    }
  }

  return {
    kind: "postgres",
    tables: new Kysely<AccountTables>({ dialect: new PostgresDialect({ pool }) }),
    exclusively: (work) => serial(() => locked(work)),
    whileMigrating: (work) => whileMigrating(url, work),
  };
}
