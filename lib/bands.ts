import { worstBreach } from "./breach";
import type { Level, Threshold } from "./thresholds";

/** How far along the range a value lies, held within 0 to 1; an empty or upside-down range gives 0. */
export function shareOf(value: number, [low, high]: readonly [number, number]): number {
  if (!(high > low) || Number.isNaN(value)) return 0;
  return Math.min(1, Math.max(0, (value - low) / (high - low)));
}

export interface Band {
  level: Level;
  from: number;
  to: number;
}

/**
 * The thresholds as bands of shares that do not overlap: a critical one covers a warning one, the rest stays free.
 * Bands thinner than half a percent are left out: they would be dirt, not a mark.
 */
export function bands(thresholds: readonly Threshold[] | undefined, range: readonly [number, number]): Band[] {
  if (!thresholds?.length) return [];
  const cuts = new Set([0, 1]);
  for (const t of thresholds) cuts.add(shareOf((t.above ?? t.below) as number, range));
  const edges = [...cuts].sort((a, b) => a - b);
  const found: Band[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i] as number, edges[i + 1] as number];
    if (to - from < 0.005) continue;
    const level = worstBreach(range[0] + ((from + to) / 2) * (range[1] - range[0]), thresholds)?.level;
    if (!level) continue;
    const last = found.at(-1);
    if (last && last.level === level && last.to === from) last.to = to;
    else found.push({ level, from, to });
  }
  return found;
}
