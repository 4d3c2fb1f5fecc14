import { shareOf } from "@/lib/bands";
import { worstBreach } from "@/lib/breach";
import type { Value } from "@/lib/reading";
import type { Level, Threshold } from "@/lib/thresholds";

/** The dial is open at the bottom: it sweeps 240° clockwise, from lower left over the top to lower right. */
const SWEEP = 240;
const START = -SWEEP / 2;

export interface DialPoint {
  x: number;
  y: number;
}

/** The point on a circle at a share (0 to 1) of the sweep. Zero degrees is twelve o'clock; y grows downwards, as in SVG. */
export function pointAt(share: number, radius: number, centre: DialPoint): DialPoint {
  const angle = ((START + share * SWEEP) * Math.PI) / 180;
  return { x: centre.x + radius * Math.sin(angle), y: centre.y - radius * Math.cos(angle) };
}

export interface Needle {
  /** For `stroke-dasharray` on the whole sweep with `pathLength` 1: as long as the value. */
  dash: string;
  level: Level | undefined;
}

/** The arc for a value; undefined if it is not a number. */
export function needleAt(
  value: Value | undefined,
  range: readonly [number, number],
  thresholds: readonly Threshold[] | undefined,
): Needle | undefined {
  if (typeof value !== "number") return undefined;
  // A dash of length 0 still has its round cap, which is the intended mark for zero.
  return { dash: `${shareOf(value, range).toFixed(4)} 2`, level: worstBreach(value, thresholds)?.level };
}

const round = (n: number): number => Math.round(n * 100) / 100;

/** The path of an SVG arc between two shares of the sweep. */
export function arcPath(from: number, to: number, radius: number, centre: DialPoint): string {
  const a = pointAt(from, radius, centre);
  const b = pointAt(to, radius, centre);
  const large = (to - from) * SWEEP > 180 ? 1 : 0;
  return `M${round(a.x)} ${round(a.y)}A${radius} ${radius} 0 ${large} 1 ${round(b.x)} ${round(b.y)}`;
}
