import type { HistorySeries } from "../../lib/api";
import type { Value } from "../../lib/reading";
import { seenBy } from "../pipeline/views";
import type { Clock, HistoryStore, LiveState } from "../ports";
import type { HandlersNamed } from "./dispatch";

/** What a sparkline can show, a low and a high for each pixel; and how many points are looked up at once. */
const WIDTH = 150;
const AT_ONCE = 16;

type Columns = { t: number[]; value: Value[] };

/** Recent readings of the points that this person may see; the others are left out. */
export function createRecent({
  live,
  history,
  clock,
}: {
  live: LiveState;
  history?: HistoryStore;
  clock: Clock;
}): HandlersNamed<"series"> {
  return {
    async "series:recent"(page, { points, ms }) {
      const series = new Map<string, Columns>();
      const to = clock.now() + 1;
      const visible = points.filter((id) => {
        const point = live.get(id);
        return point && seenBy(live, page.session.access, point);
      });
      for (let i = 0; history && i < visible.length; i += AT_ONCE) {
        const points = visible.slice(i, i + AT_ONCE);
        const answers = await history.query({ points, from: to - ms, to, width: WIDTH });
        for (const [k, answer] of answers.entries()) series.set(points[k] as string, asLine(answer, to));
      }
      return { ok: true, value: Object.fromEntries(series) };
    },
  };
}

/** Of each bucket the lowest and the highest reading, so that a spike survives. */
function asLine(series: HistorySeries, to: number): Columns {
  if (series.tier === "raw") return { t: series.t, value: series.value };
  const line: Columns = { t: [], value: [] };
  for (const [i, t] of series.t.entries()) {
    const min = series.min[i] as number;
    const max = series.max[i] as number;
    line.t.push(t);
    line.value.push(min);
    if (min === max) continue;
    line.t.push(Math.max(t, Math.min(t + Math.floor(series.step / 2), to - 1)));
    line.value.push(max);
  }
  return line;
}
