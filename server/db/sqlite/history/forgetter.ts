import type Database from "better-sqlite3";
import type { PointId } from "../../../../lib/ids";
import { TIER_NAMES, type Tier } from "../../../pipeline/history/tiers";
import { tierBit } from "../../history/packing";
import { numbersOf } from "./blockTable";
import type { Packer } from "./packer";
import type { RollupTable } from "./rollupTable";

/** Before which moments (epoch ms) a point's readings and roll-ups are forgotten. */
type ForgetBefore = Record<"raw" | Tier, number>;

/** Rows and blocks that one step deletes at most: some milliseconds of work. */
const ROWS = 5000;
const BLOCKS = 50;
const POINTS = 500;
const FINE = ["1m", "15m"] as const;

export interface ForgetterParts {
  database: Database.Database;
  rollups: RollupTable;
  packer: Packer;
  /** The point has nothing left and its number may be another's. */
  onGone(id: number, point: PointId): void;
}

/** Forgets what is too old, a little at a time. */
export function createForgetter({ database, rollups, packer, onGone }: ForgetterParts) {
  const points = database.prepare<[], { id: number; point: PointId }>("SELECT id, point FROM points ORDER BY id");
  const removeRows = (table: "numbers" | "states") =>
    database.prepare<{ id: number; before: number; rows: number }>(
      `DELETE FROM ${table} WHERE point = @id AND t < @before
       AND t <= coalesce((SELECT t FROM ${table} WHERE point = @id AND t < @before ORDER BY t LIMIT 1 OFFSET @rows), @before)`,
    );
  const removeNumbers = removeRows("numbers");
  const removeStates = removeRows("states");
  const oldBlocks = database.prepare<
    [number, number],
    { t0: number; t1: number; count: number; tiers: number; data: Buffer }
  >(`SELECT t0, t1, count, tiers, data FROM blocks WHERE point = ? AND t0 < ? ORDER BY t0 LIMIT ${BLOCKS}`);
  const removeBlock = database.prepare("DELETE FROM blocks WHERE point = ? AND t0 = ?");
  const wholeFrom = (column: string) =>
    database.prepare<[number, number]>(`UPDATE points SET ${column} = max(${column}, ?) WHERE id = ?`);
  const whole = { raw: wholeFrom("whole_raw"), "1m": wholeFrom("whole_1m"), "15m": wholeFrom("whole_15m") };
  const removeBare = database.prepare(
    `DELETE FROM points WHERE id = @id
     AND NOT EXISTS (SELECT 1 FROM numbers WHERE point = @id) AND NOT EXISTS (SELECT 1 FROM states WHERE point = @id)
     AND NOT EXISTS (SELECT 1 FROM blocks WHERE point = @id) AND NOT EXISTS (SELECT 1 FROM rollups WHERE point = @id)`,
  );

  /**
   * A block that is no part of a roll-up stands in for it, and stays for as long: few readings take less room than their roll-up.
   * Answers the readings that went, and whether more are to go.
   */
  function forgetBlocks(id: number, before: ForgetBefore, exact: boolean): { gone: number; more: boolean } {
    const rows = oldBlocks.all(id, before.raw);
    let gone = 0;
    for (const block of rows) {
      const standsFor = FINE.filter((tier) => (block.tiers & tierBit(tier)) === 0);
      const border = Math.min(before.raw, ...standsFor.map((tier) => before[tier]));
      if (block.t1 < border) {
        removeBlock.run(id, block.t0);
        whole.raw.run(block.t1 + 1, id);
        for (const tier of standsFor) whole[tier].run(block.t1 + 1, id);
        gone += block.count;
      } else if (exact) {
        const { t, value } = numbersOf(block);
        const first = t.findIndex((at) => at >= before.raw);
        packer.replace(id, block, { t: t.subarray(first), value: value.subarray(first) });
        gone += first;
      }
    }
    return { gone, more: gone > 0 && rows.length === BLOCKS };
  }

  /** One point; answers what went, and whether it must be looked at again. */
  function forgetPoint(id: number, before: ForgetBefore, exact: boolean): { gone: number; more: boolean } {
    // Numbers are packed first, and forgotten as blocks, unless no roll-up would keep them either.
    const everything = exact ? before.raw : Math.min(...Object.values(before));
    const numbers = removeNumbers.run({ id, before: everything, rows: ROWS - 1 }).changes;
    const states = removeStates.run({ id, before: before.raw, rows: ROWS - 1 }).changes;
    const packed = forgetBlocks(id, before, exact);
    for (const tier of TIER_NAMES) {
      const from = rollups.forget(id, tier, before[tier], exact);
      if (from !== undefined && tier !== "6h") whole[tier].run(from, id);
    }
    return { gone: numbers + states + packed.gone, more: numbers >= ROWS || states >= ROWS || packed.more };
  }

  return {
    /**
     * In steps, each a transaction of its own; between two of them others may write. `before` says for each point what goes.
     * `exact`: a block that reaches over the border is cut; else it stays until all of it is too old. Answers how many readings went.
     */
    *forget(before: (point: PointId) => ForgetBefore, exact: boolean): Generator<void, number> {
      const queue = points.all();
      let at = 0;
      const step = database.transaction(() => {
        let gone = 0;
        for (let looked = 0; looked < POINTS && gone < ROWS && at < queue.length; looked++) {
          const { id, point } = queue[at] as { id: number; point: PointId };
          const one = forgetPoint(id, before(point), exact);
          gone += one.gone;
          if (one.more) continue;
          at++;
          if (removeBare.run({ id }).changes > 0) onGone(id, point);
        }
        return gone;
      });
      let total = 0;
      while (at < queue.length) {
        total += step.immediate();
        yield;
      }
      return total;
    },
  };
}
