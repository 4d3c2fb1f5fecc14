/** A stream of pseudo-random numbers in [0, 1): the same seed is the same house (mulberry32). */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A seed of its own for every device, so that one device's timing does not shift another's numbers (FNV-1a). */
export function seedFor(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) as number), 0x01000193) >>> 0;
  return hash;
}

export const between = (random: Random, low: number, high: number): number => low + random() * (high - low);

/** Roughly normal, mean 0, deviation 1, never beyond ±3: no sensor of a calm house jumps further. */
const bell = (random: Random): number => (random() + random() + random() + random() - 2) * Math.sqrt(3);

export interface Walk {
  /** Deviation from the mean after one more report, in the walk's unit. */
  next(): number;
}

/** Noise that wanders and comes home: `spread` is how far it strays, `calm` (0..1) how slowly it wanders. */
export function randomWalk(random: Random, spread: number, calm = 0.97): Walk {
  const push = spread * Math.sqrt(1 - calm * calm);
  let x = bell(random) * spread * 0.5;
  return {
    next() {
      x = Math.max(-3 * spread, Math.min(3 * spread, x * calm + bell(random) * push));
      return x;
    },
  };
}

/** A day between two values with its peak at an hour of local time. `now` is epoch ms. */
export function dayCurve(now: number, low: number, high: number, peakHour: number): number {
  const d = new Date(now);
  const hour = d.getHours() + d.getMinutes() / 60 + d.getSeconds() / 3600;
  return low + ((high - low) * (1 + Math.cos(((hour - peakHour) / 24) * 2 * Math.PI))) / 2;
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export const round = (value: number, digits: number): number => Number(value.toFixed(digits));
