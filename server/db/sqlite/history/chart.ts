import type Database from "better-sqlite3";
import type { HistorySeries } from "../../../../lib/api";
import type { PointId } from "../../../../lib/ids";
import { Buckets } from "../../../pipeline/history/buckets";
import { thinStates } from "../../../pipeline/history/states";
import { chooseStep, TIERS, type Tier, tierName } from "../../../pipeline/history/tiers";
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
  const wholeFrom = database.prepare<[number], Record<"raw" | "1m" | "15m", number>>(
    'SELECT whole_raw AS raw, whole_1m AS "1m", whole_15m AS "15m" FROM points WHERE id = ?',
  );
  const countRows = database
    .prepare<[number, number, number, number], number>(
      "SELECT count(*) FROM (SELECT 1 FROM numbers WHERE point = ? AND t >= ? AND t < ? LIMIT ?)",
    )
    .pluck();

  const count = (id: number, from: number, to: number, enough: number): number =>
    reader.blocks.count(id, from, to, enough) + (countRows.get(id, from, to, enough + 1) ?? 0);

  /** The tier wished for (undefined: readings), or the first coarser one of which nothing in the span was forgotten. */
  function reaching(id: number, from: number, wanted: Tier | undefined): Tier | undefined {
    const whole = wholeFrom.get(id) ?? { raw: 0, "1m": 0, "15m": 0 };
    const finest = wanted ?? "raw";
    const fine = (["raw", "1m", "15m"] as const).slice(["raw", "1m", "15m", "6h"].indexOf(finest));
    const found = fine.find((tier) => whole[tier] <= Math.max(0, from)) ?? "6h";
    return found === "raw" ? undefined : found;
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
    const buckets = gather(id, from, to, step, tier);
    const newest = reader.before(id, buckets.to)?.t;
    return { tier: tierName(step), step, ...buckets.columns(), before, ...(newest !== undefined && { newest }) };
  }

  // One snapshot of the file: the writer's thread commits between two statements, and `newest` must be that of the buckets.
  const whole = database.transaction(series);

  return {
    /** One series for each point asked for, in that order. */
    query(points: readonly PointId[], from: number, to: number, width: number): HistorySeries[] {
      return points.map((name) => {
        const id = reader.point(name);
        return id === undefined ? { tier: "raw", t: [], value: [], before: null } : whole(id, from, to, width);
      });
    },
  };
}
