import { err, ok, type Result } from "../../../../lib/result";
import type { Lease } from "../../../ports/cluster";
import type { Database, SqlRunner } from "./database";

/**
 * The condition that a lease still has this epoch, for the WHERE of one statement; the parameters are the name and the epoch. FOR SHARE
 * makes whoever wants the lease wait for the end of the transaction, and FOR KEY SHARE would not: it lets an UPDATE of the epoch pass.
 */
export const fenceCondition = (firstParameter: number): string =>
  `EXISTS (SELECT 1 FROM leases WHERE name = $${firstParameter}::text AND epoch = $${firstParameter + 1}::bigint FOR SHARE)`;

/** Runs it in a transaction in which the lease keeps its epoch; `fenced`: another process has the lease, and nothing was written. */
export function fenced<T>(
  database: Database,
  { name, epoch }: Lease,
  run: (sql: SqlRunner) => Promise<T>,
): Promise<Result<T, "fenced">> {
  return database.transaction(async (sql) => {
    // The holder of a lease that pauses in here would hold its row, so the database ends such a transaction.
    await sql.query("SET LOCAL idle_in_transaction_session_timeout = '2s'");
    const rows = await sql.query("SELECT 1 FROM leases WHERE name = $1 AND epoch = $2 FOR SHARE", [name, epoch]);
    return rows.length === 0 ? err("fenced") : ok(await run(sql));
  });
}
