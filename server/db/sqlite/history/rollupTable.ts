import type Database from "better-sqlite3";
import type { NumberColumns } from "../../../pipeline/history/block";
import {
  emptyRollup,
  mergeRollups,
  readRollup,
  rollUp,
  type Rollup,
  sliceRollup,
  writeRollup,
} from "../../../pipeline/history/rollup";
import { type Tier, TIERS } from "../../../pipeline/history/tiers";
import { compress, decompress } from "../../history/compressed";

/** How many buckets stand in one row: enough to compress, few enough to be written anew with every pack. Stands in the files for good. */
const STRETCH: Record<Tier, number> = { "1m": 120, "15m": 96, "6h": 120 };
/** The tier's number in the table, and its bit in a block's `tiers`. */
const TIER_NUMBER: Record<Tier, number> = { "1m": 0, "15m": 1, "6h": 2 };
export const tierBit = (tier: Tier): number => 1 << TIER_NUMBER[tier];

const stretchMs = (tier: Tier): number => STRETCH[tier] * TIERS[tier];

/** Roll-ups as history.db holds them. Synchronous: it lives in a worker thread, and belongs into the caller's transaction. */
export function createRollupTable(database: Database.Database) {
  const select = database
    .prepare<unknown[], Buffer>(
      "SELECT data FROM rollups WHERE point = ? AND tier = ? AND stretch >= ? AND stretch <= ? ORDER BY stretch",
    )
    .pluck();
  const put = database.prepare("INSERT OR REPLACE INTO rollups (point, tier, stretch, data) VALUES (?, ?, ?, ?)");
  const removeOld = database.prepare("DELETE FROM rollups WHERE point = ? AND tier = ? AND stretch < ?");
  const remove = database.prepare("DELETE FROM rollups WHERE point = ? AND tier = ? AND stretch = ?");

  const read = (data: Buffer, tier: Tier) => readRollup(decompress(data), TIERS[tier]);

  return {
    /** The rows of all stretches that touch [from, to); may reach beyond it. */
    *read(point: number, tier: Tier, from: number, to: number): Generator<Rollup, void> {
      const length = stretchMs(tier);
      for (const data of select.iterate(
        point,
        TIER_NUMBER[tier],
        Math.floor(from / length),
        Math.floor((to - 1) / length),
      ))
        yield read(data, tier);
    },

    /** Adds readings, in ascending order, to what is there. */
    add(point: number, tier: Tier, numbers: NumberColumns): void {
      const added = rollUp(numbers, TIERS[tier]);
      let done = Number.NEGATIVE_INFINITY;
      for (const bucket of added.bucket) {
        const stretch = Math.floor(bucket / STRETCH[tier]);
        if (stretch <= done) continue;
        done = stretch;
        const part = sliceRollup(added, stretch * STRETCH[tier], (stretch + 1) * STRETCH[tier]);
        const there = select.get(point, TIER_NUMBER[tier], stretch, stretch);
        const merged = mergeRollups(there ? read(there, tier) : emptyRollup(0), part);
        put.run(point, TIER_NUMBER[tier], stretch, compress(writeRollup(merged, TIERS[tier])));
      }
    },

    /**
     * Forgets stretches that end before; `exact`: also the buckets that do, of the stretch that the border lies in.
     * Answers from when on the roll-up is whole, where something went.
     */
    forget(point: number, tier: Tier, before: number, exact: boolean): number | undefined {
      const border = Math.floor(before / stretchMs(tier));
      const { changes } = removeOld.run(point, TIER_NUMBER[tier], border);
      const from = changes > 0 ? border * stretchMs(tier) : undefined;
      const data = exact ? select.get(point, TIER_NUMBER[tier], border, border) : undefined;
      if (!data) return from;
      const left = sliceRollup(read(data, tier), Math.floor(before / TIERS[tier]), Number.POSITIVE_INFINITY);
      if (left.bucket.length === 0) remove.run(point, TIER_NUMBER[tier], border);
      else put.run(point, TIER_NUMBER[tier], border, compress(writeRollup(left, TIERS[tier])));
      return before;
    },
  };
}
export type RollupTable = ReturnType<typeof createRollupTable>;
