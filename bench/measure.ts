import { report } from "./rows";

/** Nanoseconds that one run takes: the best of several rounds, since noise only ever adds. */
export function nanosecondsEach(runs: number, run: (i: number) => void, rounds = 7): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const started = process.hrtime.bigint();
    for (let i = 0; i < runs; i++) run(i);
    best = Math.min(best, Number(process.hrtime.bigint() - started) / runs);
  }
  return best;
}

/** One row in nanoseconds: what was measured, against what. */
export function reportNanoseconds(what: string, ns: number, bare: { what: string; ns: number }): void {
  report({ what, value: ns, unit: "ns", bare: bare.ns, of: bare.what });
}

/** The value below which this part of the samples lies; NaN of none. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Least squares: by how much `y` grows for each unit of `x`. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (pick: 0 | 1) => points.reduce((sum, point) => sum + point[pick], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const over = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  const under = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return under === 0 ? 0 : over / under;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** The median over rounds of what is picked of each. */
export const middle = <T>(rounds: readonly T[], pick: (round: T) => number): number => median(rounds.map(pick));
