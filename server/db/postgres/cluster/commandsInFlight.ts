import { z } from "zod";
import type { SqlRunner } from "../database";

const Open = z.object({ command: z.string(), by: z.string() });
const Command = z.object({ command: z.string() });

export type Claim = { claimed: true } | { claimed: false; by: string; command: string };

/**
 * Claims the point for a command, in the transaction of its audit row. The primary key makes a second one on another node wait for that
 * transaction and then fail. `supersedes`: commands of this process that give their place to this one, as of a slider that moves on.
 */
export async function claimPoint(
  sql: SqlRunner,
  claim: { point: string; command: string; process: string; by: string; supersedes: readonly string[] },
): Promise<Claim> {
  const { point, command, process, by, supersedes } = claim;
  if (supersedes.length > 0)
    await sql.query("DELETE FROM point_claims WHERE point = $1 AND process = $2 AND command = ANY ($3::text[])", [
      point,
      process,
      supersedes,
    ]);
  const made = await sql.query(
    `INSERT INTO point_claims (point, command, process, by_name) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING command`,
    [point, command, process, by],
  );
  if (made.length > 0) return { claimed: true };
  const rows = await sql.query(
    `SELECT command, by_name AS "by" FROM point_claims WHERE point = $1 OR command = $2 ORDER BY point = $1 DESC`,
    [point, command],
  );
  // It ended in this moment: the next gesture finds the point free.
  return rows[0] === undefined ? { claimed: false, command, by } : { claimed: false, ...Open.parse(rows[0]) };
}

/** In the transaction that writes what became of it: its point is free. */
export async function endCommand(sql: SqlRunner, command: string, process: string): Promise<void> {
  await sql.query("DELETE FROM point_claims WHERE command = $1 AND process = $2", [command, process]);
}

/** What a process has open. */
export async function commandsOf(sql: SqlRunner, process: string): Promise<string[]> {
  const rows = await sql.query("SELECT command FROM point_claims WHERE process = $1 ORDER BY command", [process]);
  return rows.map((row) => Command.parse(row).command);
}

/** Frees their points, once they are settled. What a woken process writes of them later changes nothing (endCommand). */
export async function dropCommandsOf(sql: SqlRunner, process: string, commands: readonly string[]): Promise<void> {
  await sql.query("DELETE FROM point_claims WHERE process = $1 AND command = ANY ($2::text[])", [process, commands]);
}
