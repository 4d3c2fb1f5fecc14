const STEPS: readonly [ms: number, unit: string][] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1000, "s"],
];

/** A length of time in one unit, rounded down: `14 min`, `3 s`. Negative and tiny lengths are `0 s`. */
export function lengthText(ms: number): string {
  for (const [size, unit] of STEPS) if (ms >= size) return `${Math.floor(ms / size)} ${unit}`;
  return "0 s";
}
