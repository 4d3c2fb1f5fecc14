import type { PoolClient, QueryResult } from "pg";
import { type JournalRow, openJournalRow } from "./journalRow";

/** Rows of the journal by their ids. A row never changes, so each is read and decompressed once by each process. */
export type JournalCache = Map<number, JournalRow>;

export const JOURNAL_IDS = "SELECT id FROM history_journal ORDER BY id";

/** The rows that are in the journal now, oldest first; those that are gone leave the cache. `ids`: the reply to JOURNAL_IDS. */
export async function readJournal(
  client: PoolClient,
  cache: JournalCache,
  ids: QueryResult<{ id: number }>,
): Promise<JournalRow[]> {
  const present = new Set(ids.rows.map(({ id }) => id));
  for (const id of cache.keys()) if (!present.has(id)) cache.delete(id);
  const missing = [...present].filter((id) => !cache.has(id));
  if (missing.length > 0) {
    const read = await client.query<{ id: number; data: Buffer }>(
      "SELECT id, data FROM history_journal WHERE id = ANY($1::bigint[])",
      [missing],
    );
    for (const { id, data } of read.rows) cache.set(id, openJournalRow(data));
  }
  return [...present].flatMap((id) => cache.get(id) ?? []);
}
