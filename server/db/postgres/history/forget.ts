import type { PoolClient } from "pg";
import type { PointId } from "../../../../lib/ids";
import { sliceRollup } from "../../../pipeline/history/rollup";
import { TIER_NAMES, TIERS, type Tier } from "../../../pipeline/history/tiers";
import { cutNumbers, packNumbers, readStretch, stretchMs, TIER_NUMBER, writeStretch } from "../../history/packing";
import { BLOCK_SIZE, numbersIn, putBlocks, putRollups, readBlocks, removeBlocks } from "./packTables";

/** Before which moments (epoch ms) a point's readings and roll-ups are forgotten. */
export type ForgetBefore = Record<"raw" | Tier, number>;

/** A point that something is stored of. */
export interface NumberedPoint {
  id: number;
  point: PointId;
}

/** Postgres's bigint takes whole numbers only; what is kept for ever has no border. */
const wholeMs = (moment: number): number =>
  Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, Math.ceil(moment)));

/** Columns of points and their borders, as the statements below take them. */
interface Borders {
  ids: number[];
  of(what: "raw" | Tier): number[];
}

/**
 * Forgets what is older of some points, in the caller's transaction and under its lock. `exact`: a block or a row of a roll-up that reaches
 * over the border is cut; else it stays until all of it is too old. Answers how many readings went.
 */
export async function forget(
  client: PoolClient,
  points: readonly NumberedPoint[],
  before: (point: PointId) => ForgetBefore,
  exact: boolean,
): Promise<number> {
  const ofEach = points.map(({ point }) => before(point));
  const borders: Borders = { ids: points.map(({ id }) => id), of: (what) => ofEach.map((one) => wholeMs(one[what])) };
  const states = await client.query(
    "DELETE FROM states s USING unnest($1::int[], $2::bigint[]) AS a(point, raw) WHERE s.point = a.point AND s.t < a.raw",
    [borders.ids, borders.of("raw")],
  );
  let gone = (states.rowCount ?? 0) + (await forgetBlocks(client, borders));
  if (exact) gone += await cutBlocks(client, borders);
  await forgetRollups(client, borders);
  if (exact) await cutRollups(client, borders);
  await client.query(
    `DELETE FROM points p WHERE id = ANY($1::int[])
     AND NOT EXISTS (SELECT 1 FROM states WHERE point = p.id) AND NOT EXISTS (SELECT 1 FROM blocks WHERE point = p.id)
     AND NOT EXISTS (SELECT 1 FROM rollups WHERE point = p.id)`,
    [borders.ids],
  );
  return gone;
}

/** A block that is no part of a roll-up stands in for it, and stays for as long: few readings take less room than their roll-up. */
async function forgetBlocks(client: PoolClient, { ids, of }: Borders): Promise<number> {
  const { rows } = await client.query<{ gone: number }>(
    `WITH gone AS (
       DELETE FROM blocks b USING unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[]) AS a(point, raw, m1, m15)
       WHERE b.point = a.point
       AND b.t1 < LEAST(a.raw, CASE WHEN b.tiers & 1 = 0 THEN a.m1 END, CASE WHEN b.tiers & 2 = 0 THEN a.m15 END)
       RETURNING b.point, b.t1, b.count, b.tiers
     ), marks AS (
       UPDATE points p SET whole_raw = GREATEST(whole_raw, g.raw), whole_1m = GREATEST(whole_1m, g.m1),
         whole_15m = GREATEST(whole_15m, g.m15)
       FROM (
         SELECT point, max(t1) + 1 AS raw, max(t1) FILTER (WHERE tiers & 1 = 0) + 1 AS m1,
           max(t1) FILTER (WHERE tiers & 2 = 0) + 1 AS m15
         FROM gone GROUP BY point
       ) g WHERE p.id = g.point
     ) SELECT coalesce(sum(count), 0)::bigint AS gone FROM gone`,
    [ids, of("raw"), of("1m"), of("15m")],
  );
  return rows[0]?.gone ?? 0;
}

async function cutBlocks(client: PoolClient, { ids, of }: Borders): Promise<number> {
  const { rows } = await client.query<{ point: number; t0: number; tiers: number; raw: number }>(
    `SELECT b.point, b.t0, b.tiers, a.raw FROM unnest($1::int[], $2::bigint[]) AS a(point, raw)
     JOIN blocks b ON b.point = a.point AND b.t0 < a.raw AND b.t1 >= a.raw`,
    [ids, of("raw")],
  );
  const data = await readBlocks(client, rows);
  let gone = 0;
  const left = rows.flatMap((row) => {
    const numbers = numbersIn(data, row);
    const first = numbers.t.findIndex((at) => at >= row.raw);
    gone += first;
    const kept = cutNumbers(numbers, first, numbers.t.length);
    return packNumbers(kept, row.tiers, BLOCK_SIZE).map((block) => ({ point: row.point, ...block }));
  });
  await removeBlocks(client, rows);
  await putBlocks(client, left);
  return gone;
}

/** Rows of which every bucket is too old. */
async function forgetRollups(client: PoolClient, borders: Borders): Promise<void> {
  for (const tier of TIER_NAMES) {
    const length = stretchMs(tier);
    const { rows } = await client.query<{ point: number; stretch: number }>(
      `WITH gone AS (
         DELETE FROM rollups r USING unnest($1::int[], $2::bigint[]) AS a(point, stretch)
         WHERE r.point = a.point AND r.tier = $3 AND r.stretch < a.stretch RETURNING r.point, a.stretch
       ) SELECT DISTINCT point, stretch FROM gone`,
      [borders.ids, borders.of(tier).map((t) => Math.floor(t / length)), TIER_NUMBER[tier]],
    );
    await markWhole(
      client,
      tier,
      rows.map(({ point, stretch }) => ({ point, from: stretch * length })),
    );
  }
}

/** The buckets that are too old of the rows in which the borders lie. */
async function cutRollups(client: PoolClient, borders: Borders): Promise<void> {
  for (const tier of TIER_NAMES) {
    const { rows } = await client.query<{ point: number; stretch: number; border: number; data: Buffer }>(
      `SELECT r.point, r.stretch, a.border, r.data FROM unnest($1::int[], $2::bigint[], $3::bigint[]) AS a(point, stretch, border)
       JOIN rollups r ON r.point = a.point AND r.tier = $4 AND r.stretch = a.stretch`,
      [borders.ids, borders.of(tier).map((t) => Math.floor(t / stretchMs(tier))), borders.of(tier), TIER_NUMBER[tier]],
    );
    const left = rows.map(({ point, stretch, border, data }) => ({
      point,
      tier: TIER_NUMBER[tier],
      stretch,
      rollup: sliceRollup(readStretch(data, tier), Math.floor(border / TIERS[tier]), Number.POSITIVE_INFINITY),
    }));
    const empty = left.filter(({ rollup }) => rollup.bucket.length === 0);
    const kept = left.filter(({ rollup }) => rollup.bucket.length > 0);
    await client.query(
      `DELETE FROM rollups r USING unnest($1::int[], $2::bigint[]) AS a(point, stretch)
       WHERE r.point = a.point AND r.tier = $3 AND r.stretch = a.stretch`,
      [empty.map(({ point }) => point), empty.map(({ stretch }) => stretch), TIER_NUMBER[tier]],
    );
    await putRollups(
      client,
      kept.map(({ rollup, ...row }) => ({ ...row, data: writeStretch(rollup, tier) })),
    );
    await markWhole(
      client,
      tier,
      rows.map(({ point, border }) => ({ point, from: border })),
    );
  }
}

async function markWhole(
  client: PoolClient,
  tier: Tier,
  marks: readonly { point: number; from: number }[],
): Promise<void> {
  // The longest roll-up holds all that is in blocks: nothing asks from when on it is whole.
  if (tier === "6h" || marks.length === 0) return;
  const column = { "1m": "whole_1m", "15m": "whole_15m" }[tier];
  await client.query(
    `UPDATE points p SET ${column} = GREATEST(${column}, a.since) FROM unnest($1::int[], $2::bigint[]) AS a(point, since)
     WHERE p.id = a.point`,
    [marks.map(({ point }) => point), marks.map(({ from }) => from)],
  );
}
