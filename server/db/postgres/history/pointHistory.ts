import type { PoolClient } from "pg";
import type { PointId } from "../../../../lib/ids";
import type { Tier } from "../../../pipeline/history/tiers";
import { waitFor } from "../../flow";
import { NOTHING_FORGOTTEN, type PointHistory } from "../../history/chart";
import { readStretch, stretchMs, TIER_NUMBER } from "../../history/packing";
import { lastReading, NOTHING_PACKED, type Overview, readBefore } from "./overview";
import { type PointRows, rowsOf } from "./pointRows";

/** Word for word the conditions of the partial indexes. The longest roll-up holds all that is in blocks. */
const OUTSIDE: Record<Tier, string> = { "1m": "AND tiers & 1 = 0", "15m": "AND tiers & 2 = 0", "6h": "AND false" };
/** Most charts need no more blocks than these. */
const BLOCKS_AT_ONCE = 64;

/** What a chart of [from, …) asks of one point. `stored`: undefined where nothing of it is packed. */
export function createPointHistory(
  client: PoolClient,
  rows: PointRows,
  { name, from: start, stored }: { name: PointId; from: number; stored: Overview | undefined },
): PointHistory {
  const id = stored?.id;
  const point = { name, id };

  async function packedBefore(moment: number) {
    if (!stored) return NOTHING_PACKED;
    if (moment === start) return stored.before;
    const { number, state } = stored.newest;
    const newestAt = Math.max(number?.t ?? Number.NEGATIVE_INFINITY, state?.t ?? Number.NEGATIVE_INFINITY);
    return newestAt < moment ? stored.newest : readBefore(client, stored.id, moment);
  }

  return {
    whole: stored ?? NOTHING_FORGOTTEN,
    *before(moment) {
      return lastReading(yield* waitFor(packedBefore(moment)), rows.fresh(name), moment);
    },
    range: (from, to, limit) => waitFor(rows.range(point, from, to, limit, "newest")),
    // The overview has counted what is packed of the chart's span.
    *count(from, to) {
      const fresh = rows.fresh(name).reduce((sum, { numbers }) => sum + rowsOf(numbers, from, to).length, 0);
      return fresh + (stored?.numbers ?? 0);
    },
    *rollups(tier, from, to, take) {
      if (id === undefined) return;
      for (const data of yield* waitFor(readStretches(client, id, tier, from, to))) take(readStretch(data, tier));
    },
    *numbers(outside, from, to, take) {
      for (const part of rows.fresh(name)) take(part.numbers);
      if (id === undefined) return;
      const blocks = rows.blocks(id, from, to, {
        which: "oldest",
        first: BLOCKS_AT_ONCE,
        rest: outside && OUTSIDE[outside],
      });
      for (let next = yield* waitFor(blocks.next()); !next.done; next = yield* waitFor(blocks.next())) take(next.value);
    },
  };
}

async function readStretches(client: PoolClient, id: number, tier: Tier, from: number, to: number): Promise<Buffer[]> {
  const { rows } = await client.query<{ data: Buffer }>({
    name: "stretches",
    text: "SELECT data FROM rollups WHERE point = $1 AND tier = $2 AND stretch BETWEEN $3 AND $4 ORDER BY stretch",
    values: [id, TIER_NUMBER[tier], Math.floor(from / stretchMs(tier)), Math.floor((to - 1) / stretchMs(tier))],
  });
  return rows.map(({ data }) => data);
}
