import type { PoolClient } from "pg";
import type { PointId } from "../../../../lib/ids";
import type { Value } from "../../../../lib/reading";
import type { Tier } from "../../../pipeline/history/tiers";
import { type Flow, waitFor } from "../../flow";
import { NOTHING_FORGOTTEN, type PointHistory } from "../../history/chart";
import { readStretch, stretchMs, TIER_NUMBER } from "../../history/packing";
import { EVER, type PackedPoint, type PointRows, rowsOf, TOUCHING, whole } from "./pointRows";

/** Word for word the conditions of the partial indexes. The longest roll-up holds all that is in blocks. */
const OUTSIDE: Record<Tier, string> = { "1m": "AND tiers & 1 = 0", "15m": "AND tiers & 2 = 0", "6h": "AND false" };

/** What a chart asks of one point. `stored`: undefined where nothing of it is packed. */
export function createPointHistory(
  client: PoolClient,
  rows: PointRows,
  name: PointId,
  stored: PackedPoint | undefined,
): PointHistory {
  const id = stored?.id;
  const point = { name, id };
  return {
    whole: stored ?? NOTHING_FORGOTTEN,
    *before(moment): Flow<{ t: number; value: Value } | null> {
      const { t, value } = yield* waitFor(rows.range(point, EVER.from, moment, 1, "newest"));
      return t.length === 0 ? null : { t: t[0] as number, value: value[0] as Value };
    },
    range: (from, to, limit) => waitFor(rows.range(point, from, to, limit, "newest")),
    *count(from, to) {
      const fresh = rows.fresh(name).reduce((sum, { numbers }) => sum + rowsOf(numbers, from, to).length, 0);
      return fresh + (id === undefined ? 0 : yield* waitFor(countPacked(client, id, from, to)));
    },
    *rollups(tier, from, to, take) {
      if (id === undefined) return;
      for (const data of yield* waitFor(readStretches(client, id, tier, from, to))) take(readStretch(data, tier));
    },
    *numbers(outside, from, to, take) {
      for (const part of rows.fresh(name)) take(part.numbers);
      if (id === undefined) return;
      const blocks = rows.blocks(id, from, to, "oldest", outside && OUTSIDE[outside]);
      for (let next = yield* waitFor(blocks.next()); !next.done; next = yield* waitFor(blocks.next())) take(next.value);
    },
  };
}

/** What reaches beyond the span is counted in proportion: this decides by which means to look, not what is shown. */
async function countPacked(client: PoolClient, id: number, from: number, to: number): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `SELECT coalesce(sum(count * (LEAST(t1, $3::bigint - 1) - GREATEST(t0, $2::bigint) + 1)::float8 / (t1 - t0 + 1)), 0) AS n
     FROM blocks WHERE ${TOUCHING}`,
    [id, whole(from), whole(to)],
  );
  return rows[0]?.n ?? 0;
}

async function readStretches(client: PoolClient, id: number, tier: Tier, from: number, to: number): Promise<Buffer[]> {
  const { rows } = await client.query<{ data: Buffer }>(
    "SELECT data FROM rollups WHERE point = $1 AND tier = $2 AND stretch BETWEEN $3 AND $4 ORDER BY stretch",
    [id, TIER_NUMBER[tier], Math.floor(from / stretchMs(tier)), Math.floor((to - 1) / stretchMs(tier))],
  );
  return rows.map(({ data }) => data);
}
