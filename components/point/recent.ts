import type { Value } from "@/lib/reading";
import type { HistoryAnswer, HistoryAsk } from "../charts/history";

export interface RecentReading {
  at: number;
  value: Value;
}

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
/** Enough pixels that so few readings come as they are. */
const WIDTH = 2000;
const TRIES = 6;

export type RecentAnswer = { ok: true; value: RecentReading[] } | { ok: false; message: string };

/**
 * The newest `most` readings as they came, newest first. The server answers buckets where there are many: then a shorter stretch is
 * asked for, and a longer one where there are few. `every` is the usual interval in ms.
 */
export async function recentReadings(
  load: (ask: HistoryAsk) => Promise<HistoryAnswer>,
  { now, most, every }: { now: number; most: number; every: number | undefined },
): Promise<RecentAnswer> {
  let span = every === undefined ? 24 * HOUR : Math.max(60_000, every * most * 1.5);
  let best: RecentReading[] = [];
  let tooLong = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TRIES; i++) {
    // One past the present, so that a reading of this very millisecond is in.
    const answer = await load({ from: Math.round(now - span), to: now + 1, width: WIDTH });
    if (!answer.ok) return answer;
    if (answer.value.tier === "raw") {
      const { t, value } = answer.value;
      const found = t.map((at, k) => ({ at, value: value[k] ?? null }));
      if (found.length > best.length || best.length === 0) best = found;
      if (found.length >= most || span >= YEAR || span * 8 >= tooLong) break;
      span = Math.min(YEAR, span * 8);
    } else {
      tooLong = span;
      span /= 16;
    }
  }
  return { ok: true, value: best.slice(-most).reverse() };
}
