import type Database from "better-sqlite3";
import { type NumberColumns, readBlock } from "../../../pipeline/history/block";
import type { Tier } from "../../../pipeline/history/tiers";
import { decompress } from "../../history/compressed";

export interface BlockRow {
  t0: number;
  t1: number;
  count: number;
  tiers: number;
  data: Buffer;
}

const COLUMNS = "t0, t1, count, tiers, data";
/** Blocks of a point do not overlap: only the last that begins before the span can reach into it. */
const TOUCHING =
  "point = @point AND t0 >= coalesce((SELECT max(t0) FROM blocks WHERE point = @point AND t0 <= @from), @from) AND t0 < @to";
/** Word for word the conditions of the partial indexes: SQLite uses them only then. */
const OUTSIDE: Record<Exclude<Tier, "6h">, string> = { "1m": "tiers & 1 = 0", "15m": "tiers & 2 = 0" };

/** Packed numbers as history.db holds them. Synchronous: it lives in a worker thread. */
export function createBlockTable(database: Database.Database) {
  const span = <T>(what: string, rest = "") =>
    database.prepare<{ point: number; from: number; to: number }, T>(
      `SELECT ${what} FROM blocks WHERE ${TOUCHING} ${rest}`,
    );
  const ascending = span<BlockRow>(COLUMNS, "ORDER BY t0");
  const descending = span<BlockRow>(COLUMNS, "ORDER BY t0 DESC");
  const counts = span<{ t0: number; t1: number; count: number }>("t0, t1, count", "ORDER BY t0 DESC");
  const outside = {
    "1m": span<BlockRow>(COLUMNS, `AND ${OUTSIDE["1m"]} ORDER BY t0`),
    "15m": span<BlockRow>(COLUMNS, `AND ${OUTSIDE["15m"]} ORDER BY t0`),
  };
  const at = database.prepare<[number, number], BlockRow>(
    `SELECT ${COLUMNS} FROM blocks WHERE point = ? AND t0 <= ? ORDER BY t0 DESC LIMIT 1`,
  );
  const newest = database.prepare<[number], { t1: number; last: number }>(
    "SELECT t1, last FROM blocks WHERE point = ? ORDER BY t0 DESC LIMIT 1",
  );

  return {
    /** Blocks that touch [from, to). Whoever writes meanwhile must gather them first. */
    ascending: (point: number, from: number, to: number) => touching(ascending.iterate({ point, from, to }), from),
    descending: (point: number, from: number, to: number) => touching(descending.iterate({ point, from, to }), from),
    /** Those of them that are no part of the tier's roll-up. */
    outside: (point: number, tier: Exclude<Tier, "6h">, from: number, to: number) =>
      touching(outside[tier].iterate({ point, from, to }), from),
    /** Readings in the blocks that touch [from, to), counted up to `enough`. */
    count(point: number, from: number, to: number, enough: number): number {
      let sum = 0;
      for (const { t0, t1, count } of counts.iterate({ point, from, to })) {
        if (t1 < from) continue;
        // What reaches beyond the span is counted in proportion: this decides by which means to look, not what is shown.
        const inside = Math.min(t1, to - 1) - Math.max(t0, from) + 1;
        sum += (count * inside) / (t1 - t0 + 1);
        if (sum > enough) break;
      }
      return sum;
    },
    /** The last block that begins at this time or before. */
    at: (point: number, t: number) => at.get(point, t),
    newest: (point: number) => newest.get(point),
  };
}
export type BlockTable = ReturnType<typeof createBlockTable>;

function* touching(rows: Iterable<BlockRow>, from: number): Generator<BlockRow, void> {
  for (const row of rows) if (row.t1 >= from) yield row;
}

export const numbersOf = (row: Pick<BlockRow, "data">): NumberColumns => readBlock(decompress(row.data));
