import type { PointCommand } from "@/lib/point";
import { err, ok, type Result } from "@/lib/result";

/**
 * What a native number input holds as a value that the command would take. The server judges again; this only spares a refusal.
 * The text is what `input.value` gives: a point for the decimals, empty for what is not a number.
 */
export function entered(text: string, limits: Pick<PointCommand, "min" | "max" | "step">): Result<number> {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return err("write a number");
  const { min, max, step } = limits;
  const tooFar = (min !== undefined && value < min) || (max !== undefined && value > max);
  if (tooFar) return err(limitsText(limits));
  if (step !== undefined && !onStep(value - (min ?? 0), step))
    return err(`must be in steps of ${step}${min === undefined ? "" : ` from ${min}`}`);
  return ok(value);
}

function limitsText({ min, max }: Pick<PointCommand, "min" | "max">): string {
  if (min !== undefined && max !== undefined) return `must be from ${min} to ${max}`;
  return min !== undefined ? `must be ${min} or more` : `must be ${max} or less`;
}

/** 0.3 is three steps of 0.1, whatever binary fractions make of it. */
const onStep = (distance: number, step: number): boolean => {
  const steps = distance / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
};
