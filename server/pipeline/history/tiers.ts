/** The roll-ups that are kept, by the length of a bucket in milliseconds, from fine to coarse: each divides the next. */
export const TIERS = { "1m": 60_000, "15m": 900_000, "6h": 21_600_000 } as const;
export type Tier = keyof typeof TIERS;
export const TIER_NAMES = Object.keys(TIERS) as Tier[];

/** Lengths of buckets below a minute, which are made from readings as they are asked for. */
const FINE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 20_000, 30_000];

/** How many buckets of this length, aligned to the epoch, [from, to) touches. */
export const bucketsIn = (from: number, to: number, step: number): number =>
  Math.floor((to - 1) / step) - Math.floor(from / step) + 1;

/**
 * The length of a bucket, so that [from, to) needs at most `width` of them, and the coarsest tier that they can be made from
 * (undefined: only from readings). Aligned to the epoch, so that panning and new readings move no bucket's border.
 */
export function chooseStep(from: number, to: number, width: number): { step: number; tier: Tier | undefined } {
  for (const step of FINE) if (bucketsIn(from, to, step) <= width) return { step, tier: undefined };
  for (const [i, tier] of TIER_NAMES.entries()) {
    const length = TIERS[tier];
    const next = TIER_NAMES[i + 1];
    let times = Math.max(1, Math.ceil((to - from) / (length * width)));
    while (bucketsIn(from, to, length * times) > width) times = width === 1 ? times * 2 : times + 1;
    if (next === undefined || length * times < TIERS[next]) return { step: length * times, tier };
  }
  throw new RangeError("the coarsest tier has no upper end");
}

/** How a series of buckets of this length is named: by its tier where it is one. */
export const tierName = (step: number): Tier | "bucket" => TIER_NAMES.find((tier) => TIERS[tier] === step) ?? "bucket";
