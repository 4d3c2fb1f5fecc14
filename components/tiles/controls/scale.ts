import type { PointInfo } from "@/lib/point";

export interface Scale {
  min: number;
  max: number;
  step: number | "any";
}

/** The limits within which a point can be set: those of its command, else its range, else 0 to 100. */
export function scaleOf({ command, range }: Pick<PointInfo, "command" | "range">): Scale {
  const min = command?.min ?? range?.[0] ?? 0;
  const max = command?.max ?? range?.[1] ?? Math.max(min + 1, 100);
  return { min, max, step: command?.step ?? naturalStep(max - min) };
}

/** A round step size with about a hundred steps. */
function naturalStep(span: number): number {
  const rough = span / 100;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5].map((n) => n * power).find((step) => step >= rough * 0.99) ?? 10 * power;
}

/** The position of a value on the scale, 0 to 1; undefined if it is not a number. */
export function placeOf(value: unknown, { min, max }: Scale): number | undefined {
  if (typeof value !== "number" || Number.isNaN(value)) return undefined;
  return Math.min(1, Math.max(0, (value - min) / (max - min)));
}
