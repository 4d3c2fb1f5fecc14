import type { HistorySeries } from "../../../lib/api";
import type { Value } from "../../../lib/reading";
import type { NumberColumns } from "../../pipeline/history/block";
import { Buckets } from "../../pipeline/history/buckets";
import type { Rollup } from "../../pipeline/history/rollup";
import { type ReadingColumns, thinStates } from "../../pipeline/history/states";
import { chooseStep, TIERS, type Tier, tierName } from "../../pipeline/history/tiers";
import type { Flow } from "../flow";

/** More readings than these are not gone through for one chart: a coarser tier answers. A million take some 40 ms. */
const MOST_READINGS = 1_500_000;
/** More state changes than a chart can show are thinned; more rows than these are not looked at. */
const MOST_STATES = 200_000;

/** The stored readings of one point, in one state of the database. */
export interface PointHistory {
  /** From when on (epoch ms) the readings, or a roll-up, are whole: before it some were forgotten. */
  readonly whole: Readonly<Record<"raw" | "1m" | "15m", number>>;
  /** The last reading before a moment. */
  before(moment: number): Flow<{ t: number; value: Value } | null>;
  /** The newest readings of [from, to), oldest first. */
  range(from: number, to: number, limit: number): Flow<ReadingColumns>;
  /** About how many numbers [from, to) holds, counted up to `enough`. */
  count(from: number, to: number, enough: number): Flow<number>;
  rollups(tier: Tier, from: number, to: number, take: (rollup: Rollup) => void): Flow;
  /** Numbers of [from, to) that are no part of this roll-up; undefined: all numbers. May reach beyond the span. */
  numbers(outside: Tier | undefined, from: number, to: number, take: (numbers: NumberColumns) => void): Flow;
}

export const NOTHING_FORGOTTEN: PointHistory["whole"] = { raw: 0, "1m": 0, "15m": 0 };

/** What a chart of `width` pixels shows of one point: readings where they are few, else buckets of the tier that is fine enough. */
export function* chartSeries(point: PointHistory, from: number, to: number, width: number): Flow<HistorySeries> {
  const before = yield* point.before(from);
  const rawReaches = reaching(point, from, undefined) === undefined;
  if (rawReaches && (yield* point.count(from, to, width)) <= width) {
    const raw = yield* point.range(from, to, width + 1);
    if (raw.t.length <= width) return { tier: "raw", ...raw, before };
  }
  const numbers = yield* point.count(from, to, MOST_READINGS);
  if (rawReaches && numbers === 0) {
    const states = yield* point.range(from, to, MOST_STATES);
    return { tier: "raw", ...thinStates(states, from, to, width), before };
  }
  const wish = chooseStep(from, to, width);
  const reach = reaching(point, from, wish.tier);
  const tier = reach === undefined && numbers > MOST_READINGS ? "1m" : reach;
  const step = tier && wish.step % TIERS[tier] !== 0 ? TIERS[tier] : wish.step;
  const buckets = yield* gather(point, new Buckets(from, to, step), tier);
  const newest = (yield* point.before(buckets.to))?.t;
  return { tier: tierName(step), step, ...buckets.columns(), before, ...(newest !== undefined && { newest }) };
}

/** The tier wished for (undefined: readings), or the first coarser one of which nothing in the span was forgotten. */
function reaching({ whole }: PointHistory, from: number, wanted: Tier | undefined): Tier | undefined {
  const fine = (["raw", "1m", "15m"] as const).slice(["raw", "1m", "15m", "6h"].indexOf(wanted ?? "raw"));
  const found = fine.find((tier) => whole[tier] <= Math.max(0, from)) ?? "6h";
  return found === "raw" ? undefined : found;
}

function* gather(point: PointHistory, buckets: Buckets, tier: Tier | undefined): Flow<Buckets> {
  const { from, to } = buckets;
  if (tier) yield* point.rollups(tier, from, to, (rollup) => buckets.addRollup(rollup, TIERS[tier]));
  yield* point.numbers(tier, from, to, (numbers) => buckets.addNumbers(numbers));
  return buckets;
}
