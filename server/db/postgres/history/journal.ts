import type { Pool, PoolClient } from "pg";
import type { PointId } from "../../../../lib/ids";
import type { Value } from "../../../../lib/reading";
import type { NumberColumns } from "../../../pipeline/history/block";
import type { WriteFence } from "../../../ports";
import type { Columns } from "../../history/columns";
import { BEGIN, transact } from "../pool";
import { openJournalRow, stateColumns, writeJournalRow } from "./journalRow";
import { packInto, pointIds } from "./packTables";
import { createPauses } from "./pauses";

/** The key of the lock under which blocks, roll-ups and states change: any number, the same in all versions. */
const PACK_LOCK = 448_743;
/**
 * So many readings, and those of one row more, are packed in one transaction. Many, since the newest block of each point is written anew each time;
 * others that pack wait meanwhile.
 */
export const READINGS_AT_ONCE = 300_000;
/** Room between the numbers of two journal rows for the places of the readings in them. */
export const PLACES = 65_536;

/** One transaction at a time changes the packed tables; each sees what the one before it did. The lock ends with the transaction. */
export const lockPacked = (client: PoolClient) => client.query("SELECT pg_advisory_xact_lock($1)", [PACK_LOCK]);

export interface JournalBatch {
  writer: string;
  batch: number;
  columns: Columns;
}

/**
 * Stores a batch; one that the writer has stored before changes nothing. When a connection is lost nobody knows whether its last statement was
 * carried out, so the batch is given again.
 */
export async function appendToJournal(
  client: Pick<PoolClient, "query">,
  { writer, batch, columns }: JournalBatch,
): Promise<void> {
  await client.query(
    `WITH mark AS (
       INSERT INTO history_writers (writer, batch, at) VALUES ($1, $2, now())
       ON CONFLICT (writer) DO UPDATE SET batch = excluded.batch, at = excluded.at
       WHERE history_writers.batch < excluded.batch RETURNING 1
     ) INSERT INTO history_journal (count, data) SELECT $3::int, $4::bytea WHERE EXISTS (SELECT 1 FROM mark)`,
    [writer, batch, columns.t.length, writeJournalRow(columns)],
  );
}

/** With its fence, in one transaction. False: the guard found no row, and nothing was written. */
export const appendFenced = (pool: Pool, batch: JournalBatch, { guard, also }: WriteFence): Promise<boolean> =>
  transact(pool, BEGIN.fenced, async (client) => {
    const { rows } = await client.query(guard.sql, [...guard.values]);
    if (rows.length === 0) return false;
    if (batch.columns.t.length > 0) await appendToJournal(client, batch);
    for (const { sql, values } of also) await client.query(sql, [...values]);
    return true;
  });

/** Writers of processes that ended long ago. */
export const forgetWriters = (client: PoolClient) =>
  client.query("DELETE FROM history_writers WHERE at < now() - interval '1 day'");

/**
 * Moves the oldest rows of the journal, up to this one, into blocks, roll-ups and states, in the caller's transaction and under its lock. False:
 * there were none.
 */
export async function foldJournal(client: PoolClient, upTo: number): Promise<boolean> {
  const { rows } = await client.query<{ id: number; data: Buffer }>(
    `DELETE FROM history_journal WHERE id IN (
       SELECT id FROM (SELECT id, sum(count) OVER (ORDER BY id) - count AS before FROM history_journal WHERE id <= $2) j
       WHERE before < $1
     ) RETURNING id, data`,
    [READINGS_AT_ONCE, upTo],
  );
  if (rows.length === 0) return false;
  const gathered = await gatherByPoint(rows.sort((a, b) => a.id - b.id));
  const ids = await pointIds(client, [...gathered.keys()]);
  const numbers = new Map<number, NumberColumns>();
  const states: StateRow[] = [];
  for (const [name, ofPoint] of gathered) {
    const point = ids.get(name) as number;
    if (ofPoint.t.length > 0) numbers.set(point, inOrder(ofPoint));
    for (const state of ofPoint.states) states.push({ point, ...state });
  }
  await packInto(client, numbers);
  await putStates(client, states);
  return true;
}

interface Gathered {
  t: number[];
  value: number[];
  states: Omit<StateRow, "point">[];
}

/** What the rows hold of each point, one row after the other. */
async function gatherByPoint(rows: readonly { id: number; data: Buffer }[]): Promise<Map<PointId, Gathered>> {
  const gathered = new Map<PointId, Gathered>();
  const pause = createPauses();
  for (const { id, data } of rows) {
    for (const [point, { numbers, states }] of openJournalRow(data).parts()) {
      const ofPoint = gathered.get(point) ?? { t: [], value: [], states: [] };
      gathered.set(point, ofPoint);
      for (const [i, t] of numbers.t.entries()) {
        ofPoint.t.push(t);
        ofPoint.value.push(numbers.value[i] as number);
      }
      for (const [i, t] of states.t.entries())
        ofPoint.states.push({ t, n: id * PLACES + i, value: states.value[i] as Value });
    }
    await pause();
  }
  return gathered;
}

/** In ascending order of time; equal times as they came. */
function inOrder({ t, value }: Gathered): NumberColumns {
  if (t.every((time, i) => i === 0 || (t[i - 1] as number) <= time))
    return { t: Float64Array.from(t), value: Float64Array.from(value) };
  const order = Array.from(t.keys()).sort((a, b) => (t[a] as number) - (t[b] as number) || a - b);
  return {
    t: Float64Array.from(order, (i) => t[i] as number),
    value: Float64Array.from(order, (i) => value[i] as number),
  };
}

/** `n` tells states of one point at one millisecond apart, in their order. */
export interface StateRow {
  point: number;
  t: number;
  n: number;
  value: Value;
}

export async function putStates(client: PoolClient, states: readonly StateRow[]): Promise<void> {
  if (states.length === 0) return;
  const columns = states.map(({ value }) => stateColumns(value));
  await client.query(
    `INSERT INTO states (point, t, n, kind, num, text) SELECT * FROM
     unnest($1::int[], $2::bigint[], $3::bigint[], $4::smallint[], $5::smallint[], $6::bytea[])`,
    [
      states.map(({ point }) => point),
      states.map(({ t }) => t),
      states.map(({ n }) => n),
      columns.map(({ kind }) => kind),
      columns.map(({ num }) => num),
      columns.map(({ text }) => text),
    ],
  );
}
