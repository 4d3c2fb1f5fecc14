import type { RecentRequest, RecentSeries, Reply } from "../../lib/protocol";
import type { Value } from "../../lib/reading";
import { seenBy } from "../pipeline/views";
import type { Clock, HistoryStore, LiveState } from "../ports";
import type { Seat } from "./seat";

/** What a sparkline can show, and how many raw readings are looked at for it. */
const MAX_POINTS = 300;
const MAX_RAW = 5000;
const AT_ONCE = 16;

type Columns = { t: number[]; value: Value[] };

/** Recent readings of the points that this person may see; the others are left out. */
export function createRecent({ live, history, clock }: { live: LiveState; history?: HistoryStore; clock: Clock }) {
  return async (seat: Seat, { points, ms }: RecentRequest): Promise<Reply<RecentSeries>> => {
    const series = new Map<string, Columns>();
    const to = clock.now() + 1;
    const visible = points.filter((id) => {
      const point = live.get(id);
      return point && seenBy(live, seat.session.access, point);
    });
    for (let i = 0; history && i < visible.length; i += AT_ONCE) {
      await Promise.all(
        visible.slice(i, i + AT_ONCE).map(async (id) => {
          series.set(id, thin(await history.range(id, to - ms, to, MAX_RAW), MAX_POINTS));
        }),
      );
    }
    return { ok: true, value: Object.fromEntries(series) };
  };
}

/**
 * At most `most` readings of the same shape: of each stretch the lowest and the highest number, so that a spike survives; of what
 * is not a number the last. The first and the last reading always stay.
 */
export function thin({ t, value }: Columns, most: number): Columns {
  if (t.length <= most) return { t, value };
  const kept = new Set<number>([0, t.length - 1]);
  const stretches = Math.floor((most - 2) / 2);
  for (let s = 0; s < stretches; s++) {
    const from = Math.floor((s * t.length) / stretches);
    const to = Math.floor(((s + 1) * t.length) / stretches);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      const v = value[i] ?? Number.NaN;
      if (typeof v !== "number") high = i;
      else if (v < Number(value[low])) low = i;
      else if (v > Number(value[high])) high = i;
    }
    kept.add(low).add(high);
  }
  const indexes = [...kept].sort((a, b) => a - b);
  return { t: indexes.map((i) => t[i] as number), value: indexes.map((i) => value[i] as Value) };
}
