import type { PoolClient } from "pg";
import type { PointId } from "../../../../lib/ids";
import type { Value } from "../../../../lib/reading";
import { type NumberColumns, readBlock } from "../../../pipeline/history/block";
import type { ReadingColumns } from "../../../pipeline/history/states";
import { decompress } from "../../history/compressed";
import { type JournalPart, type JournalRow, nameOf, stateOf } from "./journalRow";

export interface Row {
  t: number;
  value: Value;
}

/** A row of the table `points`: something of it is packed. */
export interface PackedPoint {
  id: number;
  raw: number;
  "1m": number;
  "15m": number;
}

export type Which = "newest" | "oldest";

export const EVER = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };
/** Postgres's bigint takes whole numbers only. */
export const whole = (t: number): number => Math.min(EVER.to, Math.max(EVER.from, Math.ceil(t)));

/** Blocks that touch the span. Blocks of a point do not overlap: only the last that begins before the span can reach into it. */
export const TOUCHING = `point = $1 AND t0 < $3 AND t1 >= $2
  AND t0 >= coalesce((SELECT max(t0) FROM blocks WHERE point = $1 AND t0 <= $2), $2)`;
/** Blocks that come with the first statement, and at most with a later one: often the first holds all that is needed. */
const BLOCKS_AT_ONCE = { first: 2, most: 64 };

interface BlocksWanted {
  which: Which;
  /** So many come with the first statement. */
  first?: number;
  /** A further condition. */
  rest?: string | undefined;
}

/** Raw readings, from wherever they are: blocks, states, and these rows of the journal. */
export function createPointRows(client: PoolClient, journal: readonly JournalRow[]) {
  const known = new Map<PointId, JournalPart[]>();

  /** Undefined: nothing of it is packed. */
  async function find(name: PointId): Promise<PackedPoint | undefined> {
    const { rows } = await client.query<PackedPoint>(
      `SELECT id, whole_raw AS raw, whole_1m AS "1m", whole_15m AS "15m" FROM points
       WHERE md5(point) = md5($1::text) AND point = $1::text`,
      [name],
    );
    return rows[0];
  }

  /** What the journal holds of a point. */
  function fresh(point: PointId): readonly JournalPart[] {
    const name = nameOf(point);
    const parts = known.get(point) ?? journal.flatMap((row) => row.part(name) ?? []);
    known.set(point, parts);
    return parts;
  }

  /** Numbers of the blocks that touch [from, to), from that end on; may reach beyond it. */
  async function* blocks(
    id: number,
    from: number,
    to: number,
    { which, first = BLOCKS_AT_ONCE.first, rest = "" }: BlocksWanted,
  ): AsyncGenerator<NumberColumns> {
    const [beyond, order] = which === "newest" ? ["t0 < $4", "DESC"] : ["t0 > $4", "ASC"];
    let last = which === "newest" ? EVER.to : EVER.from;
    for (let limit = first; ; limit = Math.min(limit * 4, BLOCKS_AT_ONCE.most)) {
      const { rows } = await client.query<{ t0: number; data: Buffer }>({
        // Prepared once for each connection, of which there are a few for each of these texts.
        name: `blocks ${order} ${rest}`,
        text: `SELECT t0, data FROM blocks WHERE ${TOUCHING} AND ${beyond} ${rest} ORDER BY t0 ${order} LIMIT $5`,
        values: [id, whole(from), whole(to), last, limit],
      });
      for (const { data } of rows) yield readBlock(decompress(data));
      if (rows.length < limit) return;
      last = rows.at(-1)?.t0 ?? last;
    }
  }

  /** Readings in blocks, as many as are needed from that end. */
  async function packed(id: number, from: number, to: number, limit: number, which: Which): Promise<Row[]> {
    const found: Row[][] = [];
    let length = 0;
    for await (const numbers of blocks(id, from, to, { which })) {
      const rows = rowsOf(numbers, from, to);
      found.push(rows);
      length += rows.length;
      if (length >= limit) break;
    }
    return (which === "oldest" ? found : found.reverse()).flat();
  }

  async function states(id: number, from: number, to: number, limit: number, which: Which): Promise<Row[]> {
    const order = which === "newest" ? "DESC" : "ASC";
    const { rows } = await client.query<{ t: number; kind: number; num: number | null; text: Buffer | null }>(
      `SELECT t, kind, num, text FROM states WHERE point = $1 AND t >= $2 AND t < $3 ORDER BY t ${order}, n ${order} LIMIT $4`,
      [id, whole(from), whole(to), limit],
    );
    const ascending = which === "oldest" ? rows : rows.reverse();
    return ascending.map((row) => ({ t: row.t, value: stateOf(row) }));
  }

  return {
    find,
    fresh,
    blocks,

    /** At most `limit` readings of [from, to), oldest first: the newest of them, or the oldest. Of one millisecond, numbers come first. */
    async range(
      { name, id }: { name: PointId; id: number | undefined },
      from: number,
      to: number,
      limit: number,
      which: Which,
    ): Promise<ReadingColumns> {
      if (limit <= 0) return { t: [], value: [] };
      const parts = fresh(name);
      const numbers = id === undefined ? [] : await packed(id, from, to, limit, which);
      const others = id === undefined ? [] : await states(id, from, to, limit, which);
      for (const part of parts) {
        numbers.push(...rowsOf(part.numbers, from, to));
        others.push(...rowsOf(part.states, from, to));
      }
      const all = inOrder([...inOrder(numbers), ...inOrder(others)]);
      const kept = all.length <= limit ? all : which === "newest" ? all.slice(-limit) : all.slice(0, limit);
      return { t: kept.map(({ t }) => t), value: kept.map(({ value }) => value) };
    },
  };
}
export type PointRows = ReturnType<typeof createPointRows>;

export function rowsOf(
  { t, value }: { t: ArrayLike<number>; value: ArrayLike<Value> },
  from: number,
  to: number,
): Row[] {
  const rows: Row[] = [];
  for (let i = 0; i < t.length; i++) {
    const at = t[i] as number;
    if (at >= from && at < to) rows.push({ t: at, value: value[i] as Value });
  }
  return rows;
}

/** Sorts only where something is out of order, since blocks nearly always end before the journal begins. Equal times stay in their order. */
function inOrder(rows: Row[]): Row[] {
  for (let i = 1; i < rows.length; i++)
    if ((rows[i - 1] as Row).t > (rows[i] as Row).t) return rows.sort((a, b) => a.t - b.t);
  return rows;
}
