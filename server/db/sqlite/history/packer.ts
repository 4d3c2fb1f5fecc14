import type Database from "better-sqlite3";
import { BLOCK, type NumberColumns } from "../../../pipeline/history/block";
import { type BlockSize, cutNumbers, joinsBlock, type PackedBlock, packNumbers, packRun } from "../../history/packing";
import { type BlockTable, numbersOf } from "./blockTable";
import type { RollupTable } from "./rollupTable";

/** What came within the last minute may still be joined by what is late, at little cost. */
const GRACE_MS = 60_000;
/** A point is packed when this many readings wait, or when the oldest of them has waited for this long. */
const RIPE_READINGS = 256;
const RIPE_MS = 3_600_000;
/** Rows that are taken up at once, and how long one transaction may go on: others wait for it. */
const ROWS = 4096;
const STEP_MS = 20;
/** Pages hold 4 KiB: two blocks of this size share one; larger ones would leave most of theirs empty. */
const BLOCK_SIZE: BlockSize = { bytes: 1950, readings: BLOCK.readings };

export interface PackerParts {
  database: Database.Database;
  blocks: BlockTable;
  rollups: RollupTable;
  now(): number;
}

/** Packs the numbers of the table `numbers` into blocks and adds them to the roll-ups: each once, in one transaction. */
export function createPacker({ database, blocks, rollups, now }: PackerParts) {
  const waitingPoints = database
    .prepare<[], number>(
      `WITH RECURSIVE waiting(point) AS (
         SELECT min(point) FROM numbers
         UNION ALL SELECT (SELECT min(point) FROM numbers WHERE point > waiting.point) FROM waiting WHERE waiting.point IS NOT NULL
       ) SELECT point FROM waiting WHERE point IS NOT NULL`,
    )
    .pluck();
  const oldestRows = database
    .prepare<[number, number, number], [t: number, n: number, num: number]>(
      "SELECT t, n, num FROM numbers WHERE point = ? AND t < ? ORDER BY t, n LIMIT ?",
    )
    .raw();
  const oldestTime = database
    .prepare<[number, number, number], number>(
      "SELECT t FROM numbers WHERE point = ? AND t < ? ORDER BY t, n LIMIT 1 OFFSET ?",
    )
    .pluck();
  const removeRows = database.prepare("DELETE FROM numbers WHERE point = ? AND (t, n) <= (?, ?)");
  const nextStart = database
    .prepare<[number, number], number | null>("SELECT min(t0) FROM blocks WHERE point = ? AND t0 > ?")
    .pluck();
  const removeBlock = database.prepare("DELETE FROM blocks WHERE point = ? AND t0 = ?");
  const putBlock = database.prepare(
    "INSERT INTO blocks (point, t0, t1, count, tiers, last, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );

  /** Rows from `start` that belong beside, into or behind one block; answers the row behind them. */
  function packRows(point: number, rows: NumberColumns, start: number): number {
    const first = rows.t[start] as number;
    const before = blocks.at(point, first);
    const limit = nextStart.get(point, first) ?? Number.POSITIVE_INFINITY;
    let end = start + 1;
    while (end < rows.t.length && (rows.t[end] as number) < limit) end++;
    const added = cutNumbers(rows, start, end);
    const joined =
      before && joinsBlock({ ...before, bytes: before.data.length }, added, BLOCK_SIZE) ? before : undefined;
    const packed = packRun(joined && { tiers: joined.tiers, numbers: numbersOf(joined) }, added, BLOCK_SIZE);
    for (const { tier, numbers } of packed.gains) rollups.add(point, tier, numbers);
    if (joined) removeBlock.run(point, joined.t0);
    put(point, packed.blocks);
    return end;
  }

  function put(point: number, blocks: readonly PackedBlock[]): void {
    for (const { t0, t1, count, tiers, last, data } of blocks) putBlock.run(point, t0, t1, count, tiers, last, data);
  }

  /** Some rows of one point; answers whether more of them may be ripe. */
  const packSome = database.transaction((point: number, before: number): boolean => {
    const rows = oldestRows.all(point, before, ROWS);
    const numbers = {
      t: Float64Array.from(rows, (row) => row[0]),
      value: Float64Array.from(rows, (row) => row[2]),
    };
    const began = now();
    let end = 0;
    while (end < rows.length && (end === 0 || now() - began < STEP_MS)) end = packRows(point, numbers, end);
    const [t, n] = rows[end - 1] as [number, number, number];
    removeRows.run(point, t, n);
    return rows.length === ROWS || end < rows.length;
  });

  function isRipe(point: number, before: number, whatever: boolean): boolean {
    const oldest = oldestTime.get(point, before, 0);
    if (oldest === undefined) return false;
    return (
      whatever || oldest < before + GRACE_MS - RIPE_MS || oldestTime.get(point, before, RIPE_READINGS - 1) !== undefined
    );
  }

  return {
    /**
     * Packs what is ripe at this time, in steps of some milliseconds, each a transaction of its own.
     * `whatever`: also what is few and young. Answers how many steps packed something.
     */
    *pack(at: number, whatever = false): Generator<void, number> {
      let steps = 0;
      for (const point of waitingPoints.all()) {
        const before = at - GRACE_MS;
        for (let more = isRipe(point, before, whatever); more; ) {
          more = packSome.immediate(point, before);
          steps++;
          yield;
        }
      }
      return steps;
    },

    /** Writes anew what is left of a block, in the caller's transaction. */
    replace(point: number, block: { t0: number; tiers: number }, numbers: NumberColumns): void {
      removeBlock.run(point, block.t0);
      put(point, packNumbers(numbers, block.tiers, BLOCK_SIZE));
    },
  };
}
export type Packer = ReturnType<typeof createPacker>;
