import type Database from "better-sqlite3";
import type { HistorySeries } from "../../../../lib/api";
import type { PointId } from "../../../../lib/ids";
import { Buckets } from "../../../pipeline/history/buckets";
import { thinStates } from "../../../pipeline/history/states";
import { chooseStep, TIER_NAMES, TIERS, type Tier, tierName } from "../../../pipeline/history/tiers";
import { numbersOf } from "./blockTable";
import type { HistoryReader } from "./historyReader";
import { createRollupTable } from "./rollupTable";

/** More readings than these are not gone through for one chart: a coarser tier answers. A million take some 40 ms. */
const MOST_READINGS = 1_500_000;
/** More state changes than a chart can show are thinned; more rows than these are not looked at. */
const MOST_STATES = 200_000;

/** What a chart shows of one point: readings where they are few, else buckets of the tier that is fine enough. */
export function createChart(database: Database.Database, reader: HistoryReader) {
  const rollups = createRollupTable(database);
  const rows = database
    .prepare<[number, number, number], [t: number, num: number]>(
      "SELECT t, num FROM numbers WHERE point = ? AND t >= ? AND t < ?",
    )
    .raw();
  const countRows = database
    .prepare<[number, number, number, number], number>(
      "SELECT count(*) FROM (SELECT 1 FROM numbers WHERE point = ? AND t >= ? AND t < ? LIMIT ?)",
    )
    .pluck();

  const count = (id: number, from: number, to: number, enough: number): number =>
    reader.blocks.count(id, from, to, enough) + (countRows.get(id, from, to, enough + 1) ?? 0);

  /** From when on a tier has all that is known: what is in no roll-up stands in blocks and rows. */
  function begins(id: number, tier: Tier | undefined, oldestRaw: number): number {
    const oldest = tier && rollups.oldest(id, tier);
    return Math.min(oldest ?? Number.POSITIVE_INFINITY, oldestRaw);
  }

  /** The tier wished for, or the first coarser one that reaches as far back as there is anything to show. */
  function reaching(id: number, from: number, wanted: Tier | undefined): Tier | undefined {
    const raw = reader.oldest(id) ?? Number.POSITIVE_INFINITY;
    if (raw <= from) return wanted;
    const tiers = [undefined, ...TIER_NAMES];
    const start = Math.max(from, Math.min(...tiers.map((tier) => begins(id, tier, raw))));
    const fine = tiers.slice(tiers.indexOf(wanted));
    // A coarse bucket begins before its first reading: by as much the finer ones may begin later.
    return fine.find((tier) => begins(id, tier, raw) <= start + TIERS["6h"]) ?? "6h";
  }

  function gather(id: number, from: number, to: number, step: number, tier: Tier | undefined): Buckets {
    const buckets = new Buckets(from, to, step);
    const span = [buckets.from, buckets.to] as const;
    if (tier) for (const rollup of rollups.read(id, tier, ...span)) buckets.addRollup(rollup, TIERS[tier]);
    if (tier !== "6h") {
      const loose = tier ? reader.blocks.outside(id, tier, ...span) : reader.blocks.ascending(id, ...span);
      for (const block of loose) buckets.addNumbers(numbersOf(block));
    }
    const fresh = rows.all(id, ...span);
    buckets.addNumbers({ t: Float64Array.from(fresh, (r) => r[0]), value: Float64Array.from(fresh, (r) => r[1]) });
    return buckets;
  }

  function series(id: number, from: number, to: number, width: number): HistorySeries {
    const before = reader.before(id, from);
    const rawReaches = reaching(id, from, undefined) === undefined;
    if (rawReaches && count(id, from, to, width) <= width) {
      const raw = reader.range(id, from, to, width + 1, "newest");
      if (raw.t.length <= width) return { tier: "raw", ...raw, before };
    }
    const numbers = count(id, from, to, MOST_READINGS);
    if (rawReaches && numbers === 0) {
      const states = reader.range(id, from, to, MOST_STATES, "newest");
      return { tier: "raw", ...thinStates(states, from, to, width), before };
    }
    const wish = chooseStep(from, to, width);
    const reach = reaching(id, from, wish.tier);
    const tier = reach === undefined && numbers > MOST_READINGS ? "1m" : reach;
    const step = tier && wish.step % TIERS[tier] !== 0 ? TIERS[tier] : wish.step;
    return { tier: tierName(step), step, ...gather(id, from, to, step, tier).columns(), before };
  }

  return {
    /** One series for each point asked for, in that order. */
    query(points: readonly PointId[], from: number, to: number, width: number): HistorySeries[] {
      return points.map((name) => {
        const id = reader.point(name);
        return id === undefined ? { tier: "raw", t: [], value: [], before: null } : series(id, from, to, width);
      });
    },
  };
}
