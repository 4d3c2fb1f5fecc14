import type { PoolClient } from "pg";
import type { PointId } from "../../../../lib/ids";
import type { Value } from "../../../../lib/reading";
import { readBlock } from "../../../pipeline/history/block";
import { decompress } from "../../history/compressed";
import { type JournalPart, stateOf } from "./journalRow";
import { type PackedPoint, type Row, TOUCHING, whole } from "./pointRows";

/** What a chart asks of each point before it reads any readings, in one statement: every statement is a way to the server and back. */
export interface Overview extends PackedPoint {
  /** About how many numbers of the span are packed. What reaches beyond it is counted in proportion. */
  numbers: number;
  /** The last ones before the span. */
  before: Last;
  /** The last ones of all. */
  newest: Last;
}

/** The last number and the last state that are packed. */
interface Last {
  number: Row | undefined;
  state: Row | undefined;
}

interface LastRow {
  t1: number | null;
  last: number;
  /** Where the moment lies inside the block. */
  data?: Buffer | null;
  t: number | null;
  kind: number;
  num: number | null;
  text: Buffer | null;
}

/** The block that begins before the moment has a reading before it: its first. */
const lastBefore = (id: string, moment: string): string => `
  LEFT JOIN LATERAL (
    SELECT t1, last, CASE WHEN t1 >= ${moment} THEN data END AS data FROM blocks
    WHERE point = ${id} AND t0 < ${moment} ORDER BY t0 DESC LIMIT 1
  ) b ON true
  LEFT JOIN LATERAL (
    SELECT t, kind, num, text FROM states WHERE point = ${id} AND t < ${moment} ORDER BY t DESC, n DESC LIMIT 1
  ) s ON true`;

// Prepared once for each connection: planning takes longer than running them.
const OVERVIEW = {
  name: "overview",
  text: `SELECT p.id, p.whole_raw AS raw, p.whole_1m AS "1m", p.whole_15m AS "15m", b.*, s.*, c.numbers,
      nb.t1 AS "newestT1", nb.last AS "newestLast", ns.t AS "newestT", ns.kind AS "newestKind", ns.num AS "newestNum",
      ns.text AS "newestText"
    FROM points p ${lastBefore("p.id", "$2::bigint")}
    LEFT JOIN LATERAL (SELECT t1, last FROM blocks WHERE point = p.id ORDER BY t0 DESC LIMIT 1) nb ON true
    LEFT JOIN LATERAL (SELECT t, kind, num, text FROM states WHERE point = p.id ORDER BY t DESC, n DESC LIMIT 1) ns ON true
    LEFT JOIN LATERAL (
      SELECT coalesce(sum(count * (LEAST(t1, $3::bigint - 1) - GREATEST(t0, $2::bigint) + 1)::float8 / (t1 - t0 + 1)), 0)
        AS numbers
      FROM blocks WHERE ${TOUCHING.replaceAll("$1", "p.id")}
    ) c ON true
    WHERE md5(p.point) = md5($1::text) AND p.point = $1::text`,
};
const BEFORE = {
  name: "before",
  text: `SELECT b.*, s.* FROM (VALUES ($1::int)) AS p(id) ${lastBefore("p.id", "$2::bigint")}`,
};

/** Undefined: nothing of the point is packed. */
export async function readOverview(
  client: PoolClient,
  point: PointId,
  from: number,
  to: number,
): Promise<Overview | undefined> {
  const values = [point, whole(from), whole(to)];
  const { rows } = await client.query<OverviewRow>({ ...OVERVIEW, values });
  const [row] = rows;
  if (!row) return undefined;
  const { id, raw, "1m": m1, "15m": m15, numbers, newestT1: t1, newestT: t } = row;
  const newest = lastOf(
    { t1, last: row.newestLast, t, kind: row.newestKind, num: row.newestNum, text: row.newestText },
    Number.POSITIVE_INFINITY,
  );
  return { id, raw, "1m": m1, "15m": m15, numbers, before: lastOf(row, from), newest };
}

interface OverviewRow extends PackedPoint, LastRow {
  numbers: number;
  newestT1: number | null;
  newestLast: number;
  newestT: number | null;
  newestKind: number;
  newestNum: number | null;
  newestText: Buffer | null;
}

/** The last ones that are packed before a moment. */
export async function readBefore(client: PoolClient, id: number, moment: number): Promise<Last> {
  const { rows } = await client.query<LastRow>({ ...BEFORE, values: [id, whole(moment)] });
  return lastOf(rows[0] as LastRow, moment);
}

function lastOf(row: LastRow, moment: number): Last {
  const state = row.t === null ? undefined : { t: row.t, value: stateOf(row) };
  if (row.t1 === null) return { number: undefined, state };
  if (!row.data) return { number: { t: row.t1, value: row.last }, state };
  return { number: lastIn(readBlock(decompress(row.data)), moment), state };
}

/** The last one before the moment of columns in ascending order. */
function lastIn({ t, value }: { t: ArrayLike<number>; value: ArrayLike<Value> }, moment: number): Row | undefined {
  let i = t.length - 1;
  while (i >= 0 && (t[i] as number) >= moment) i--;
  return i < 0 ? undefined : { t: t[i] as number, value: value[i] as Value };
}

/** The last reading before a moment, of what is packed and what is in the journal. Of one millisecond the journal's comes last, and a state after a number. */
export function lastReading(packed: Last, fresh: readonly JournalPart[], moment: number): Row | null {
  let { number, state } = packed;
  for (const part of fresh) {
    number = later(number, lastIn(part.numbers, moment));
    state = later(state, lastIn(part.states, moment));
  }
  return later(number, state) ?? null;
}

const later = (one: Row | undefined, other: Row | undefined): Row | undefined =>
  one && (!other || other.t < one.t) ? one : other;

export const NOTHING_PACKED: Last = { number: undefined, state: undefined };
