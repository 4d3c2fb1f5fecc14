import type { Level, Threshold } from "./thresholds";

/** Apart from the thresholds' schema: a live page needs this and should not pay for a schema library with it. */

export interface Breach {
  level: Level;
  threshold: Threshold;
}

const exceeds = (value: number, t: Threshold): boolean =>
  (t.above !== undefined && value > t.above) || (t.below !== undefined && value < t.below);

/** The worst threshold that a value breaks: critical over warning, then the outermost. Answers undefined when all is well. */
export function worstBreach(value: unknown, thresholds: readonly Threshold[] | undefined): Breach | undefined {
  if (typeof value !== "number" || !thresholds) return undefined;
  let worst: Threshold | undefined;
  for (const t of thresholds) {
    if (!exceeds(value, t)) continue;
    if (
      !worst ||
      (t.level === "critical" && worst.level !== "critical") ||
      (t.level === worst.level && isOuter(t, worst))
    )
      worst = t;
  }
  return worst && { level: worst.level, threshold: worst };
}

const isOuter = (a: Threshold, b: Threshold): boolean =>
  a.above !== undefined && b.above !== undefined
    ? a.above > b.above
    : a.below !== undefined && b.below !== undefined && a.below < b.below;
