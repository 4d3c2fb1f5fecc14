import type { Pool, PoolClient, QueryResult } from "pg";
import type { HistorySeries } from "../../../../lib/api";
import type { PointId } from "../../../../lib/ids";
import type { Value } from "../../../../lib/reading";
import type { HistoryPage, HistoryStore, StoredReading } from "../../../ports";
import { runWaiting } from "../../flow";
import { chartSeries } from "../../history/chart";
import { pageOf } from "../../history/paging";
import { BEGIN, transact } from "../pool";
import { JOURNAL_IDS, type JournalCache, readJournal } from "./journalCache";
import { type JournalRow, stateOf } from "./journalRow";
import { readOverview } from "./overview";
import { createPointHistory } from "./pointHistory";
import { createPointRows, EVER } from "./pointRows";

/** One state of the tables for all parts of an answer: between two of them readings may be packed. */
export const readAtOnce = <T>(pool: Pool, cache: JournalCache, read: (reader: Reader) => Promise<T>): Promise<T> =>
  transact(pool, `${BEGIN.read}; ${JOURNAL_IDS}`, async (client, begun) => {
    // Of several statements at once pg replies with a list.
    const [, ids] = begun as [QueryResult, QueryResult<{ id: number }>];
    return read(createReader(client, await readJournal(client, cache, ids)));
  });

export type Reader = ReturnType<typeof createReader>;

function createReader(client: PoolClient, journal: readonly JournalRow[]) {
  const rows = createPointRows(client, journal);

  return {
    async range(name: PointId, from: number, to: number, limit: number) {
      const point = { name, id: (await rows.find(name))?.id };
      return rows.range(point, from, to, limit, "newest");
    },

    /** One series for each point asked for, in that order. */
    async query({ points, from, to, width }: Parameters<HistoryStore["query"]>[0]): Promise<HistorySeries[]> {
      const series: HistorySeries[] = [];
      for (const name of points) {
        const stored = await readOverview(client, name, from, to);
        const history = createPointHistory(client, rows, { name, from, stored });
        if (stored === undefined && rows.fresh(name).length === 0)
          series.push({ tier: "raw", t: [], value: [], before: null });
        else series.push(await runWaiting(chartSeries(history, from, to, width)));
      }
      return series;
    },

    /** Of one millisecond `after.taken` are left out, as taken before. */
    async page({ point: name, from, to, limit, after }: Parameters<HistoryStore["page"]>[0]): Promise<HistoryPage> {
      const taken = after?.taken ?? 0;
      const point = { name, id: (await rows.find(name))?.id };
      const read = await rows.range(point, after?.t ?? from, to, taken + limit + 1, "oldest");
      return pageOf(read, { limit, taken, after: after?.t });
    },

    latest: async (): Promise<StoredReading[]> => withJournal(await packedLatest(client), journal),
  };
}

interface Latest {
  point: PointId;
  t1: number | null;
  last: number;
  t: number | null;
  kind: number;
  num: number | null;
  text: Buffer | null;
}

async function packedLatest(client: PoolClient): Promise<StoredReading[]> {
  const { rows } = await client.query<Latest>(
    `SELECT p.point, b.t1, b.last, s.t, s.kind, s.num, s.text FROM points p
     LEFT JOIN LATERAL (SELECT t1, last FROM blocks WHERE point = p.id ORDER BY t0 DESC LIMIT 1) b ON true
     LEFT JOIN LATERAL (SELECT t, kind, num, text FROM states WHERE point = p.id ORDER BY t DESC, n DESC LIMIT 1) s ON true
     ORDER BY p.id`,
  );
  return rows.flatMap((row) => {
    if (row.t !== null && row.t >= (row.t1 ?? EVER.from)) return [{ point: row.point, at: row.t, value: stateOf(row) }];
    return row.t1 === null ? [] : [{ point: row.point, at: row.t1, value: row.last }];
  });
}

/** What is in the journal came after what is packed, and of one millisecond the states come last. */
function withJournal(packed: readonly StoredReading[], journal: readonly JournalRow[]): StoredReading[] {
  const newest = new Map(packed.map((reading) => [reading.point, reading]));
  const consider = (point: PointId, at: number | undefined, value: Value | undefined) => {
    if (at === undefined || value === undefined || at < (newest.get(point)?.at ?? EVER.from)) return;
    newest.set(point, { point, at, value });
  };
  for (const row of journal)
    for (const [point, { numbers, states }] of row.parts()) {
      consider(point, numbers.t.at(-1), numbers.value.at(-1));
      consider(point, states.t.at(-1), states.value.at(-1));
    }
  return [...newest.values()];
}
