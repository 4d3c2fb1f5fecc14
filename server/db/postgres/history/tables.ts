import type { Pool, PoolClient } from "pg";
import type { KeepFor } from "../../../../lib/history";
import type { PointId } from "../../../../lib/ids";
import type { StoredReading } from "../../../ports";
import { BEGIN, transact } from "../pool";
import { addReadings } from "./addReadings";
import { type ForgetBefore, forget, type NumberedPoint } from "./forget";
import { foldJournal, forgetWriters, lockPacked, READINGS_AT_ONCE } from "./journal";

/** What one transaction looks at: others that pack wait for it. */
const POINTS_AT_ONCE = 500;
const ADDED_AT_ONCE = 5000;
/** Rows of one node in two minutes: each question looks through all of them. */
const LONG_ROWS = 480;

/** A probe wants its answer soon, also where the database gives none. */
const CHECK = { text: `SELECT current_setting('transaction_read_only') AS "readOnly"`, query_timeout: 2000 };

/** The packed tables, as they are changed: in steps, each a transaction under the lock. */
export function createTables(pool: Pool) {
  const locked = <T>(work: (client: PoolClient) => Promise<T>): Promise<T> =>
    transact(pool, BEGIN.write, async (client) => {
      await lockPacked(client);
      return work(client);
    });

  /** Packs all of the journal that is there now. What comes meanwhile is left: else each few rows would be packed by themselves, without an end. */
  async function fold(): Promise<void> {
    const { rows } = await pool.query<{ id: number }>("SELECT coalesce(max(id), 0) AS id FROM history_journal");
    const upTo = rows[0]?.id ?? 0;
    let more = upTo > 0;
    while (more) more = await locked((client) => foldJournal(client, upTo));
  }

  /** Packs the journal when it has grown long before it is tended. Whoever of several nodes comes first does it for all. */
  async function foldWhenLong(): Promise<void> {
    const { rows } = await pool.query<{ rows: number; readings: number }>(
      "SELECT count(*) AS rows, coalesce(sum(count), 0)::bigint AS readings FROM history_journal",
    );
    const held = rows[0] ?? { rows: 0, readings: 0 };
    if (held.rows >= LONG_ROWS || held.readings >= READINGS_AT_ONCE) await fold();
  }

  async function forgetAll(before: (point: PointId) => ForgetBefore, exact: boolean): Promise<number> {
    let gone = 0;
    let last = 0;
    for (;;) {
      const points = await pointsBehind(pool, last);
      if (points.length === 0) return gone;
      last = points.at(-1)?.id ?? last;
      gone += await locked((client) => forget(client, points, before, exact));
    }
  }

  return {
    fold,
    foldWhenLong,

    /** Packs the journal, then forgets what is too old. Answers how many readings went. */
    async tend(now: number, keepFor: (point: PointId) => KeepFor): Promise<number> {
      let failed: { error: unknown } | undefined;
      try {
        await fold();
      } catch (error) {
        // On a full disk packing cannot begin until forgetting has made room; what went wrong is told behind it.
        failed = { error };
      }
      const before = (point: PointId) => {
        const keep = keepFor(point);
        return { raw: now - keep.raw, "1m": now - keep["1m"], "15m": now - keep["15m"], "6h": now - keep["6h"] };
      };
      const gone = await forgetAll(before, false);
      await locked(forgetWriters);
      if (failed) throw failed.error;
      return gone;
    },

    /** Forgets all that is older, to the millisecond. */
    async prune(before: number): Promise<number> {
      await fold();
      return forgetAll(() => ({ raw: before, "1m": before, "15m": before, "6h": before }), true);
    },

    /** Adds readings from elsewhere, of any time. The same file added twice changes nothing. */
    async add(readings: readonly StoredReading[]): Promise<{ added: number; known: number }> {
      const sorted = readings.toSorted((a, b) => (a.point < b.point ? -1 : a.point > b.point ? 1 : a.at - b.at));
      let added = 0;
      for (let i = 0; i < sorted.length; i += ADDED_AT_ONCE) {
        // What is in the journal is known as well, and only what is packed is looked at.
        await fold();
        added += await locked((client) => addReadings(client, sorted.slice(i, i + ADDED_AT_ONCE)));
      }
      return { added, known: sorted.length - added };
    },

    /** Throws when nothing can be written now. */
    async check(): Promise<void> {
      const { rows } = await pool.query<{ readOnly: string }>(CHECK);
      if (rows[0]?.readOnly !== "off") throw new Error("Postgres is read-only");
    },
  };
}

async function pointsBehind(pool: Pool, id: number): Promise<NumberedPoint[]> {
  const { rows } = await pool.query<NumberedPoint>(
    `SELECT id, point FROM points WHERE id > $1 ORDER BY id LIMIT ${POINTS_AT_ONCE}`,
    [id],
  );
  return rows;
}
