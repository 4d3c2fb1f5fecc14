import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";
import { scaleOf } from "../controls/scale";

/** Brightness of 0 to 254 as per cent, mired as kelvin. Undefined: formatted like any other value, with its own unit. */
export function sayOfLight(
  role: string,
  point: Pick<PointInfo, "unit" | "command" | "range">,
  locale: string,
  value: Value,
): string | undefined {
  if (typeof value !== "number") return undefined;
  if (role === "colorTemperature" && point.unit === "mired" && value > 0)
    return `${new Intl.NumberFormat(locale).format(Math.round(1e6 / value / 50) * 50)} K`;
  if (role !== "brightness" || point.unit !== undefined) return undefined;
  const { min, max } = scaleOf(point);
  return max > 100 ? `${Math.round(((value - min) / (max - min)) * 100)} %` : undefined;
}
