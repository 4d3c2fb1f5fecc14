import type Database from "better-sqlite3";
import type { NumberColumns } from "../../../pipeline/history/block";
import { type Rollup, sliceRollup } from "../../../pipeline/history/rollup";
import { TIERS, type Tier } from "../../../pipeline/history/tiers";
import { addToStretch, readStretch, stretchesOf, stretchMs, TIER_NUMBER, writeStretch } from "../../history/packing";

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
        yield readStretch(data, tier);
    },

    /** Adds readings, in ascending order, to what is there. */
    add(point: number, tier: Tier, numbers: NumberColumns): void {
      for (const { stretch, part } of stretchesOf(numbers, tier)) {
        const stored = select.get(point, TIER_NUMBER[tier], stretch, stretch);
        put.run(point, TIER_NUMBER[tier], stretch, addToStretch(stored, part, tier));
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
      const left = sliceRollup(readStretch(data, tier), Math.floor(before / TIERS[tier]), Number.POSITIVE_INFINITY);
      if (left.bucket.length === 0) remove.run(point, TIER_NUMBER[tier], border);
      else put.run(point, TIER_NUMBER[tier], border, writeStretch(left, tier));
      return before;
    },
  };
}
export type RollupTable = ReturnType<typeof createRollupTable>;
