import { t } from "@/lib/texts/t";

const STEPS = [
  [86_400_000, "kit.days"],
  [3_600_000, "kit.hours"],
  [60_000, "kit.minutes"],
  [1000, "kit.seconds"],
] as const;

/** A duration in one unit, rounded down: `14 min`, `3 s`. Negative and tiny ones are `0 s`. */
export function lengthText(ms: number): string {
  for (const [size, unit] of STEPS) if (ms >= size) return t(unit, { n: Math.floor(ms / size) });
  return t("kit.seconds", { n: 0 });
}
