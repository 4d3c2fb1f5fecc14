import { z } from "zod";
import type { SqlRunner } from "../database";

const Version = z.object({ kind: z.string(), version: z.coerce.number() });

/** One channel: a node has one connection that listens. */
export const CHANNEL = "telltale";

export interface NotedChange {
  kind: string;
  /** Empty: any of them. */
  id: string;
  /** The process that makes the change: it knows it already. */
  by: string;
}

/** Postgres refuses a payload of 8000 bytes or more. */
const MOST_BYTES = 7900;

/**
 * In the transaction that changes something, so that no node reads the version before the change, and none misses it: who listens later
 * compares versions. To be the last of the transaction: changes of one kind wait for each other from here on.
 */
export async function noteChange(sql: SqlRunner, { kind, id, by }: NotedChange): Promise<void> {
  const rows = await sql.query(
    `INSERT INTO versions (kind, version) VALUES ($1, 1)
     ON CONFLICT (kind) DO UPDATE SET version = versions.version + 1
     RETURNING kind, version`,
    [kind],
  );
  const { version } = Version.parse(rows[0]);
  const payload = JSON.stringify({ kind, ...(id !== "" && { id }), version, by });
  const short = Buffer.byteLength(payload) <= MOST_BYTES ? payload : JSON.stringify({ kind, version, by });
  await sql.query("SELECT pg_notify($1, $2)", [CHANNEL, short]);
}

export async function readVersions(sql: SqlRunner): Promise<Map<string, number>> {
  const rows = await sql.query("SELECT kind, version FROM versions");
  return new Map(rows.map((row) => Version.parse(row)).map(({ kind, version }) => [kind, version]));
}

/** A birth has no version, nor has a lease that is given back (leases.ts): whoever misses it asks again. */
export async function askForBirth(sql: SqlRunner, broker: string, topic: string): Promise<void> {
  const payload = JSON.stringify({ kind: "birth", id: `${broker} ${topic}` });
  if (Buffer.byteLength(payload) <= MOST_BYTES) await sql.query("SELECT pg_notify($1, $2)", [CHANNEL, payload]);
}
