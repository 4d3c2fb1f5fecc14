import type { PoolClient } from "pg";
import type { PointId } from "../../../../lib/ids";
import { type NumberColumns, readBlock } from "../../../pipeline/history/block";
import type { Tier } from "../../../pipeline/history/tiers";
import { decompress } from "../../history/compressed";
import {
  addToStretch,
  type BlockInfo,
  type BlockSize,
  cutNumbers,
  joinsBlock,
  type PackedBlock,
  packRun,
  stretchesOf,
  TIER_NUMBER,
} from "../../history/packing";
import { createPauses } from "./pauses";

/** Larger than SQLite's, whose pages set the limit: they take a fifth less room, and are read up to twice as fast. */
export const BLOCK_SIZE: BlockSize = { bytes: 7000, readings: 8192 };

export interface BlockKey {
  point: number;
  t0: number;
}

/** The points' numbers in the tables; those that have none get one. */
export async function pointIds(client: PoolClient, points: readonly PointId[]): Promise<Map<PointId, number>> {
  const { rows } = await client.query<{ id: number; point: PointId }>(
    `WITH given AS (SELECT point, place FROM unnest($1::text[]) WITH ORDINALITY AS a(point, place)), made AS (
       INSERT INTO points (point) SELECT point FROM given ORDER BY place
       ON CONFLICT (md5(point)) DO NOTHING RETURNING id, point
     ) SELECT id, point FROM made
       UNION ALL SELECT p.id, p.point FROM points p JOIN given g ON md5(p.point) = md5(g.point) AND p.point = g.point`,
    [points],
  );
  return new Map(rows.map(({ id, point }) => [point, id]));
}

/** Packs numbers, in ascending order for each point, into its blocks and roll-ups. A few statements, however many points there are. */
export async function packInto(client: PoolClient, numbersOf: ReadonlyMap<number, NumberColumns>): Promise<void> {
  if (numbersOf.size === 0) return;
  const runs = await planRuns(client, numbersOf);
  const data = await readBlocks(
    client,
    runs.flatMap(({ point, joined }) => (joined ? [{ point, t0: joined.t0 }] : [])),
  );
  const gone: BlockKey[] = [];
  const made: (PackedBlock & { point: number })[] = [];
  const gains: { point: number; tier: Tier; numbers: NumberColumns }[] = [];
  const pause = createPauses();
  for (const { point, joined, added } of runs) {
    await pause();
    if (joined) gone.push({ point, t0: joined.t0 });
    const numbers = joined && numbersIn(data, { point, t0: joined.t0 });
    const packed = packRun(joined && numbers && { tiers: joined.tiers, numbers }, added, BLOCK_SIZE);
    for (const block of packed.blocks) made.push({ point, ...block });
    for (const gain of packed.gains) gains.push({ point, ...gain });
  }
  await removeBlocks(client, gone);
  await putBlocks(client, made);
  await addToRollups(client, gains);
}

interface Run {
  point: number;
  joined: BlockInfo | undefined;
  added: NumberColumns;
}

/** What of each point's numbers belongs beside, into or behind which block. No two runs touch the same block. */
async function planRuns(client: PoolClient, numbersOf: ReadonlyMap<number, NumberColumns>): Promise<Run[]> {
  const points = [...numbersOf.keys()];
  const spans = [...numbersOf.values()];
  const { rows } = await client.query<BlockInfo & { point: number }>(
    `SELECT b.point, b.t0, b.t1, b.count, b.tiers, length(b.data) AS bytes
     FROM unnest($1::int[], $2::bigint[], $3::bigint[]) AS a(point, first, last)
     CROSS JOIN LATERAL (
       SELECT * FROM blocks WHERE point = a.point AND t0 <= a.last
       AND t0 >= coalesce((SELECT max(t0) FROM blocks WHERE point = a.point AND t0 <= a.first), a.first)
     ) b ORDER BY b.point, b.t0`,
    [points, spans.map(({ t }) => t[0]), spans.map(({ t }) => t.at(-1))],
  );
  const blocksOf = new Map<number, BlockInfo[]>();
  for (const row of rows) {
    const ofPoint = blocksOf.get(row.point);
    if (ofPoint) ofPoint.push(row);
    else blocksOf.set(row.point, [row]);
  }
  const runs: Run[] = [];
  for (const [point, numbers] of numbersOf) {
    const blocks = blocksOf.get(point) ?? [];
    let next = 0;
    for (let start = 0; start < numbers.t.length; ) {
      while (next < blocks.length && (blocks[next] as BlockInfo).t0 <= (numbers.t[start] as number)) next++;
      const before = blocks[next - 1];
      const limit = blocks[next]?.t0 ?? Number.POSITIVE_INFINITY;
      let end = start + 1;
      while (end < numbers.t.length && (numbers.t[end] as number) < limit) end++;
      const added = cutNumbers(numbers, start, end);
      runs.push({ point, joined: before && joinsBlock(before, added, BLOCK_SIZE) ? before : undefined, added });
      start = end;
    }
  }
  return runs;
}

type ReadBlocks = ReadonlyMap<string, { point: number; numbers: NumberColumns }>;

const keyOf = ({ point, t0 }: BlockKey): string => `${point}:${t0}`;

/** Of one of the blocks that were read. A block is deleted once its numbers are in another: those must be there. */
export function numbersIn(blocks: ReadBlocks, key: BlockKey): NumberColumns {
  const numbers = blocks.get(keyOf(key))?.numbers;
  if (!numbers) throw new Error(`the block ${keyOf(key)} was not read`);
  return numbers;
}

/** By keys that only `numbersIn` knows. */
export async function readBlocks(client: PoolClient, keys: readonly BlockKey[]): Promise<ReadBlocks> {
  if (keys.length === 0) return new Map();
  const { rows } = await client.query<BlockKey & { data: Buffer }>(
    "SELECT point, t0, data FROM blocks JOIN unnest($1::int[], $2::bigint[]) AS a(point, t0) USING (point, t0)",
    [keys.map(({ point }) => point), keys.map(({ t0 }) => t0)],
  );
  return new Map(rows.map((row) => [keyOf(row), { point: row.point, numbers: readBlock(decompress(row.data)) }]));
}

export async function removeBlocks(client: PoolClient, keys: readonly BlockKey[]): Promise<void> {
  if (keys.length === 0) return;
  await client.query(
    "DELETE FROM blocks b USING unnest($1::int[], $2::bigint[]) AS a(point, t0) WHERE b.point = a.point AND b.t0 = a.t0",
    [keys.map(({ point }) => point), keys.map(({ t0 }) => t0)],
  );
}

export async function putBlocks(
  client: PoolClient,
  blocks: readonly (PackedBlock & { point: number })[],
): Promise<void> {
  if (blocks.length === 0) return;
  await client.query(
    `INSERT INTO blocks (point, t0, t1, count, tiers, last, data) SELECT * FROM
     unnest($1::int[], $2::bigint[], $3::bigint[], $4::int[], $5::smallint[], $6::float8[], $7::bytea[])`,
    (["point", "t0", "t1", "count", "tiers", "last", "data"] as const).map((name) => blocks.map((b) => b[name])),
  );
}

/** Several gains of one row are added in their order. */
async function addToRollups(
  client: PoolClient,
  gains: readonly { point: number; tier: Tier; numbers: NumberColumns }[],
): Promise<void> {
  const parts = gains.flatMap(({ point, tier, numbers }) =>
    stretchesOf(numbers, tier).map((one) => ({ point, tier, ...one })),
  );
  if (parts.length === 0) return;
  const key = (point: number, tier: number, stretch: number) => `${point}:${tier}:${stretch}`;
  const columns = [
    parts.map(({ point }) => point),
    parts.map(({ tier }) => TIER_NUMBER[tier]),
    parts.map(({ stretch }) => stretch),
  ];
  const { rows } = await client.query<{ point: number; tier: number; stretch: number; data: Buffer }>(
    `SELECT point, tier, stretch, data FROM rollups JOIN (
       SELECT DISTINCT * FROM unnest($1::int[], $2::smallint[], $3::bigint[]) AS a(point, tier, stretch)
     ) a USING (point, tier, stretch)`,
    columns,
  );
  const stored = new Map(rows.map((row) => [key(row.point, row.tier, row.stretch), row.data]));
  const written = new Map<string, { point: number; tier: number; stretch: number; data: Buffer }>();
  const pause = createPauses();
  for (const { point, tier, stretch, part } of parts) {
    await pause();
    const id = key(point, TIER_NUMBER[tier], stretch);
    const data = addToStretch(written.get(id)?.data ?? stored.get(id), part, tier);
    written.set(id, { point, tier: TIER_NUMBER[tier], stretch, data });
  }
  await putRollups(client, [...written.values()]);
}

export async function putRollups(
  client: PoolClient,
  rows: readonly { point: number; tier: number; stretch: number; data: Buffer }[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO rollups (point, tier, stretch, data)
     SELECT * FROM unnest($1::int[], $2::smallint[], $3::bigint[], $4::bytea[])
     ON CONFLICT (point, tier, stretch) DO UPDATE SET data = excluded.data`,
    (["point", "tier", "stretch", "data"] as const).map((name) => rows.map((row) => row[name])),
  );
}
