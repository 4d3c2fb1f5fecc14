import { z } from "zod";
import type { AppliedFile } from "../../../ports/cluster";
import type { SqlRunner } from "../database";

const Row = z.object({ hash: z.string().nullable(), node: z.string(), at: z.coerce.number(), body: z.string() });

export async function readApplied(sql: SqlRunner): Promise<AppliedFile | undefined> {
  const [row] = await sql.query(
    "SELECT hash, node, body, floor(extract(epoch FROM at) * 1000)::bigint AS at FROM applied_file",
  );
  return row === undefined ? undefined : Row.parse(row);
}

export async function putApplied(sql: SqlRunner, { hash, node, body }: Omit<AppliedFile, "at">): Promise<void> {
  await sql.query(
    `INSERT INTO applied_file (id, hash, node, at, body) VALUES (1, $1, $2, clock_timestamp(), $3)
     ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, node = excluded.node, at = excluded.at, body = excluded.body`,
    [hash, node, body],
  );
}
