import type Database from "better-sqlite3";
import type { HistorySeries } from "../../../../lib/api";
import type { PointId } from "../../../../lib/ids";
import { done, runNow } from "../../flow";
import { chartSeries, NOTHING_FORGOTTEN, type PointHistory } from "../../history/chart";
import { numbersOf } from "./blockTable";
import type { HistoryReader } from "./historyReader";
import { createRollupTable } from "./rollupTable";

/** Charts of what history.db holds. */
export function createChart(database: Database.Database, reader: HistoryReader) {
  const rollups = createRollupTable(database);
  const rows = database
    .prepare<[number, number, number], [t: number, num: number]>(
      "SELECT t, num FROM numbers WHERE point = ? AND t >= ? AND t < ?",
    )
    .raw();
  const wholeFrom = database.prepare<[number], PointHistory["whole"]>(
    'SELECT whole_raw AS raw, whole_1m AS "1m", whole_15m AS "15m" FROM points WHERE id = ?',
  );
  const countRows = database
    .prepare<[number, number, number, number], number>(
      "SELECT count(*) FROM (SELECT 1 FROM numbers WHERE point = ? AND t >= ? AND t < ? LIMIT ?)",
    )
    .pluck();

  const historyOf = (id: number): PointHistory => ({
    whole: wholeFrom.get(id) ?? NOTHING_FORGOTTEN,
    before: (moment) => done(reader.before(id, moment)),
    range: (from, to, limit) => done(reader.range(id, from, to, limit, "newest")),
    count: (from, to, enough) =>
      done(reader.blocks.count(id, from, to, enough) + (countRows.get(id, from, to, enough + 1) ?? 0)),
    rollups(tier, from, to, take) {
      for (const rollup of rollups.read(id, tier, from, to)) take(rollup);
      return done(undefined);
    },
    numbers(outside, from, to, take) {
      if (outside !== "6h") {
        const blocks = outside ? reader.blocks.outside(id, outside, from, to) : reader.blocks.ascending(id, from, to);
        for (const block of blocks) take(numbersOf(block));
      }
      const fresh = rows.all(id, from, to);
      take({ t: Float64Array.from(fresh, (row) => row[0]), value: Float64Array.from(fresh, (row) => row[1]) });
      return done(undefined);
    },
  });

  // One snapshot of the file: the writer's thread commits between two statements, and `newest` must be that of the buckets.
  const whole = database.transaction((id: number, from: number, to: number, width: number) =>
    runNow(chartSeries(historyOf(id), from, to, width)),
  );

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
