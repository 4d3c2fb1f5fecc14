import { BLOCK, blockEnd, mergeColumns, type NumberColumns, writeBlock } from "../../pipeline/history/block";
import {
  emptyRollup,
  mergeRollups,
  type Rollup,
  readRollup,
  rollUp,
  sliceRollup,
  writeRollup,
} from "../../pipeline/history/rollup";
import { TIERS, type Tier } from "../../pipeline/history/tiers";
import { compress, decompress } from "./compressed";

/** How large a block may become: what suits the pages of one database does not suit another's. */
export interface BlockSize {
  bytes: number;
  readings: number;
}

/** A stored block, without its bytes. */
export interface BlockInfo {
  t0: number;
  t1: number;
  count: number;
  /** The bits of the roll-ups that it is part of. */
  tiers: number;
  /** The length of its data. */
  bytes: number;
}

export interface PackedBlock {
  t0: number;
  t1: number;
  count: number;
  tiers: number;
  last: number;
  data: Buffer;
}

const LEAST_READINGS = 64;
/** A block that is no fuller than this is written anew with what comes behind it. */
const ROOM = 0.7;
/** A roll-up with fewer readings in a bucket would cost more than reading them when they are asked for. */
const DENSE = 10;

/** The tier's number in the tables, and its bit in a block's `tiers`. Stand in the databases for good. */
export const TIER_NUMBER: Record<Tier, number> = { "1m": 0, "15m": 1, "6h": 2 };
export const tierBit = (tier: Tier): number => 1 << TIER_NUMBER[tier];

/** How many buckets are stored in one row: enough to compress, few enough to be written anew with every pack. Stands in the databases for good. */
const STRETCH: Record<Tier, number> = { "1m": 120, "15m": 96, "6h": 120 };
export const stretchMs = (tier: Tier): number => STRETCH[tier] * TIERS[tier];

/** Whether the readings are written into the block that begins at their first or before: they lie inside it, or it has room. */
export function joinsBlock(before: BlockInfo, added: NumberColumns, size: BlockSize): boolean {
  if ((added.t[0] as number) <= before.t1) return true;
  return (
    before.count + added.t.length <= size.readings &&
    before.bytes < size.bytes * ROOM &&
    (added.t.at(-1) as number) - before.t0 <= BLOCK.spanMs
  );
}

/**
 * Readings of one point, none behind the next block's start, as blocks and as what its roll-ups gain. `joined`: the block that they are
 * written into, which the new ones replace.
 */
export function packRun(
  joined: { tiers: number; numbers: NumberColumns } | undefined,
  added: NumberColumns,
  size: BlockSize,
): { blocks: PackedBlock[]; gains: { tier: Tier; numbers: NumberColumns }[] } {
  const all = joined ? mergeColumns(joined.numbers, added) : added;
  const gains: { tier: Tier; numbers: NumberColumns }[] = [{ tier: "6h", numbers: added }];
  let tiers = tierBit("6h");
  for (const tier of ["15m", "1m"] as const) {
    const wasPart = joined !== undefined && (joined.tiers & tierBit(tier)) !== 0;
    if (!wasPart && !isDense(all, tier)) continue;
    gains.push({ tier, numbers: wasPart ? added : all });
    tiers |= tierBit(tier);
  }
  return { blocks: packNumbers(all, tiers, size), gains };
}

/** Readings in ascending order as blocks of at most this size, but for many of one millisecond. */
export function packNumbers(numbers: NumberColumns, tiers: number, size: BlockSize): PackedBlock[] {
  const blocks: PackedBlock[] = [];
  let count = size.readings;
  for (let start = 0; start < numbers.t.length; ) {
    const end = blockEnd(numbers.t, start, count);
    const piece = cutNumbers(numbers, start, end);
    const [t0, t1, last] = [piece.t[0], piece.t.at(-1), piece.value.at(-1)] as [number, number, number];
    const data = compress(writeBlock(piece));
    if (data.length > size.bytes && end - start > LEAST_READINGS && t0 < t1) {
      // Fewer, by as much as these were too large: the next pieces are mostly alike, and fit at once.
      count = Math.floor(((end - start) * size.bytes * 0.97) / data.length);
      continue;
    }
    blocks.push({ t0, t1, count: piece.t.length, tiers, last, data });
    start = end;
  }
  return blocks;
}

/** Readings in ascending order as parts of the rows that a tier's roll-up is stored in. */
export function stretchesOf(numbers: NumberColumns, tier: Tier): { stretch: number; part: Rollup }[] {
  const added = rollUp(numbers, TIERS[tier]);
  const stretches = new Set(Array.from(added.bucket, (bucket) => Math.floor(bucket / STRETCH[tier])));
  return [...stretches].map((stretch) => ({
    stretch,
    part: sliceRollup(added, stretch * STRETCH[tier], (stretch + 1) * STRETCH[tier]),
  }));
}

export const readStretch = (data: Uint8Array, tier: Tier): Rollup => readRollup(decompress(data), TIERS[tier]);
export const writeStretch = (rollup: Rollup, tier: Tier): Buffer => compress(writeRollup(rollup, TIERS[tier]));

/** A stored row with readings added that came behind it; undefined: there is no row yet. */
export const addToStretch = (stored: Uint8Array | undefined, part: Rollup, tier: Tier): Buffer =>
  writeStretch(mergeRollups(stored ? readStretch(stored, tier) : emptyRollup(0), part), tier);

export const cutNumbers = ({ t, value }: NumberColumns, from: number, to: number): NumberColumns => ({
  t: t.subarray(from, to),
  value: value.subarray(from, to),
});

function isDense({ t }: NumberColumns, tier: Tier): boolean {
  const length = TIERS[tier];
  let buckets = 0;
  let bucket = Number.NaN;
  for (const at of t) {
    const next = Math.floor(at / length);
    if (next !== bucket) buckets++;
    bucket = next;
  }
  return t.length >= DENSE * buckets;
}
