import { z } from "zod";
import type { AppliedFile } from "../../../ports/cluster";
import type { SqlRunner } from "../database";

const Row = z.object({ hash: z.string().nullable(), node: z.string(), at: z.coerce.number(), body: z.string() });
const At = z.object({ at: z.coerce.number() });

/** The whole of it is read only where it is another than that of `knownAt`. */
export async function readApplied(
  sql: SqlRunner,
  knownAt: number | undefined,
): Promise<AppliedFile | "known" | undefined> {
  const at = "floor(extract(epoch FROM at) * 1000)::bigint AS at";
  if (knownAt !== undefined) {
    const [row] = await sql.query(`SELECT ${at} FROM applied_file`);
    if (row !== undefined && At.parse(row).at === knownAt) return "known";
  }
  const [row] = await sql.query(`SELECT hash, node, body, ${at} FROM applied_file`);
  return row === undefined ? undefined : Row.parse(row);
}

export async function putApplied(sql: SqlRunner, { hash, node, body }: Omit<AppliedFile, "at">): Promise<void> {
  await sql.query(
    `INSERT INTO applied_file (id, hash, node, at, body) VALUES (1, $1, $2, clock_timestamp(), $3)
     ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, node = excluded.node, at = excluded.at, body = excluded.body`,
    [hash, node, body],
  );
}
