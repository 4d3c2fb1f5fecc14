import type { AlarmOut } from "@/lib/api";
import { formatValue } from "@/lib/units/format";

/** The worst value; undefined where it says no more than that there is an alarm. */
export function peakText({ peak, unit }: Pick<AlarmOut, "peak" | "unit">, locale: string): string | undefined {
  if (typeof peak !== "number") return undefined;
  const shown = formatValue(peak, { unit, locale });
  return shown.unit === "" ? shown.text : `${shown.text} ${shown.unit}`;
}
