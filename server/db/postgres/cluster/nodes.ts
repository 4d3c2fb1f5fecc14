import { z } from "zod";
import type { KnownNode, ThisNode } from "../../../ports/cluster";
import type { SqlRunner } from "../database";

const Node = z.object({
  process: z.string(),
  id: z.string(),
  version: z.string(),
  startedAt: z.coerce.number(),
  seenAt: z.coerce.number(),
  configFile: z.string().nullable(),
});

/** Says that this process lives. */
export async function beat(sql: SqlRunner, node: ThisNode): Promise<void> {
  await sql.query(
    `INSERT INTO nodes (process, id, version, started_at, seen_at, config_file)
     VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp(), $4)
     ON CONFLICT (process) DO UPDATE SET seen_at = clock_timestamp(), config_file = excluded.config_file`,
    [node.process, node.id, node.version, node.configFile],
  );
}

export async function allNodes(sql: SqlRunner): Promise<KnownNode[]> {
  const rows = await sql.query(
    `SELECT process, id, version, config_file AS "configFile",
       floor(extract(epoch FROM started_at) * 1000)::bigint AS "startedAt",
       floor(extract(epoch FROM seen_at) * 1000)::bigint AS "seenAt"
     FROM nodes ORDER BY id, started_at`,
  );
  return rows.map((row) => Node.parse(row));
}

/** Processes that were not seen for so long, by the database's clock. */
export async function deadProcesses(sql: SqlRunner, silentMs: number): Promise<string[]> {
  const rows = await sql.query(
    "SELECT process FROM nodes WHERE seen_at < clock_timestamp() - $1::int * interval '1 ms' ORDER BY process",
    [silentMs],
  );
  return rows.map((row) => Node.pick({ process: true }).parse(row).process);
}

/** What it left open is settled. A process that was seen again meanwhile stays. */
export async function removeProcess(sql: SqlRunner, process: string, silentMs: number): Promise<void> {
  await sql.query("DELETE FROM nodes WHERE process = $1 AND seen_at <= clock_timestamp() - $2::int * interval '1 ms'", [
    process,
    silentMs,
  ]);
}

/** It ends in order. With commands still open, as when their end could not be written, it is found dead by and by, and they are settled. */
export async function leave(sql: SqlRunner, process: string): Promise<void> {
  await sql.query(
    "DELETE FROM nodes WHERE process = $1 AND NOT EXISTS (SELECT 1 FROM point_claims WHERE process = $1)",
    [process],
  );
}
