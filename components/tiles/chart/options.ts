import type { PointId } from "@/lib/ids";
import { err, ok } from "@/lib/result";
import { t } from "@/lib/texts/t";
import { AXES, type AxesMode } from "../../charts/axes";
import { type Field, flag, optionsOf } from "../shared/options";
import { morePoints } from "../shared/points";

export const SPANS = ["1h", "24h", "7d", "30d"] as const;

export interface ChartOptions {
  /** Up to seven points in addition to the tile's own. */
  points: readonly PointId[];
  /** The initial span. */
  span: (typeof SPANS)[number];
  axes: AxesMode;
  /** Draws the first point's thresholds as bands. */
  thresholds: boolean;
}

const oneOf =
  <const T extends string>(all: readonly T[], standard: T): Field<T> =>
  (given) => {
    if (given === undefined) return ok(standard);
    const found = all.find((one) => one === given);
    return found === undefined ? err(t("tiles.mustBeOneOf", { names: all.join(", ") })) : ok(found);
  };

export const chartOptions = optionsOf<ChartOptions>({
  points: morePoints,
  span: oneOf(SPANS, "24h"),
  axes: oneOf(AXES, "unit"),
  thresholds: flag(true),
});
