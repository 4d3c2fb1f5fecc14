import { createHash } from "node:crypto";
import { z } from "zod";
import type { WireMessage } from "../../../ports/cluster";
import type { SqlRunner } from "../database";

const Row = z.object({ hash: z.string(), command: z.string() });

/** Far longer than any node asks for: another one's clock does not matter, and the table stays small. */
const KEPT = "1 minute";

/** One text of a fixed length: topics may be longer than an index takes. */
function hashOf({ broker, topic, payload }: WireMessage): string {
  const hash = createHash("sha256");
  for (const part of [broker, topic, payload]) hash.update(`${Buffer.byteLength(part)} `).update(part);
  return hash.digest("base64url");
}

/** In the transaction of its audit row, and so before it is published: whoever receives the message finds the row. */
export async function noteMessage(
  sql: SqlRunner,
  { command, process, message }: { command: string; process: string; message: WireMessage },
): Promise<void> {
  await sql.query(`DELETE FROM command_messages WHERE at < clock_timestamp() - interval '${KEPT}'`);
  await sql.query(
    "INSERT INTO command_messages (command, process, hash, at) VALUES ($1, $2, $3, clock_timestamp()) ON CONFLICT DO NOTHING",
    [command, process, hashOf(message)],
  );
}

/** It did not go out. */
export async function forgetMessage(sql: SqlRunner, command: string): Promise<void> {
  await sql.query("DELETE FROM command_messages WHERE command = $1", [command]);
}

/** For each message the commands of other processes that say exactly this, of the last moments, oldest first. */
export async function commandsSaying(
  sql: SqlRunner,
  messages: readonly WireMessage[],
  { process, withinMs }: { process: string; withinMs: number },
): Promise<string[][]> {
  const hashes = messages.map(hashOf);
  const rows = await sql.query(
    `SELECT hash, command FROM command_messages
     WHERE hash = ANY ($1::text[]) AND process <> $2 AND at > clock_timestamp() - $3::int * interval '1 ms'
     ORDER BY at, command`,
    [[...new Set(hashes)], process, Math.ceil(withinMs)],
  );
  const found = rows.map((row) => Row.parse(row));
  return hashes.map((hash) => found.flatMap((row) => (row.hash === hash ? [row.command] : [])));
}
