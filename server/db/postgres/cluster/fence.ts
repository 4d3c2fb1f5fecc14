import { err, ok, type Result } from "../../../../lib/result";
import type { Lease, SqlStatement } from "../../../ports";
import type { Database, SqlRunner } from "../database";

/**
 * Finds no row when another process has the lease. FOR SHARE makes whoever wants the lease wait for the end of the transaction, and FOR KEY SHARE
 * would not: it lets an UPDATE of the epoch pass.
 */
export const fenceGuard = ({ name, epoch }: Lease): SqlStatement => ({
  sql: "SELECT 1 FROM leases WHERE name = $1 AND epoch = $2 FOR SHARE",
  values: [name, epoch],
});

/** Runs it in a transaction in which the lease keeps its epoch; `fenced`: another process has the lease, and nothing was written. */
export function fenced<T>(
  database: Database,
  lease: Lease,
  run: (sql: SqlRunner) => Promise<T>,
): Promise<Result<T, "fenced">> {
  return database.transaction(async (sql) => {
    // The holder of a lease that pauses in here would hold its row, so the database ends such a transaction.
    await sql.query("SET LOCAL idle_in_transaction_session_timeout = '2s'");
    const guard = fenceGuard(lease);
    const rows = await sql.query(guard.sql, guard.values);
    return rows.length === 0 ? err("fenced") : ok(await run(sql));
  });
}
