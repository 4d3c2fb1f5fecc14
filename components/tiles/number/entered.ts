import type { PointCommand } from "@/lib/point";
import { err, ok, type Result } from "@/lib/result";
import { t } from "@/lib/texts/t";
import { readEntered, writeEntered } from "@/lib/units/entered";

type Limits = Pick<PointCommand, "min" | "max" | "step">;

/** Parses an entry to a value that the command accepts, or returns why it is invalid. The server checks again. */
export function entered(text: string, limits: Limits, locale: string): Result<number> {
  const read = readEntered(text, locale);
  if (!read.ok) return read;
  const { min, max, step } = limits;
  const { value } = read;
  const number = limitFormat(locale);
  if ((min !== undefined && value < min) || (max !== undefined && value > max))
    return err(t("tiles.enterWithin", { limits: limitsText(limits, locale) }));
  if (step !== undefined && !onStep(value - (min ?? 0), step))
    return err(
      min === undefined
        ? t("tiles.enterSteps", { step: number(step) })
        : t("tiles.enterStepsFrom", { step: number(step), min: number(min) }),
    );
  return ok(value);
}

/** "5 to 30", "5 or more"; empty without limits. */
export function limitsText({ min, max }: Omit<Limits, "step">, locale: string): string {
  const number = limitFormat(locale);
  if (min !== undefined && max !== undefined) return t("tiles.minToMax", { min: number(min), max: number(max) });
  if (min !== undefined) return t("tiles.minOrMore", { min: number(min) });
  return max === undefined ? "" : t("tiles.maxOrLess", { max: number(max) });
}

const limitFormat =
  (locale: string) =>
  (value: number): string =>
    writeEntered(value, locale);

/** With a tolerance for binary fractions: 0.3 is three steps of 0.1. */
const onStep = (distance: number, step: number): boolean => {
  const steps = distance / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
};
