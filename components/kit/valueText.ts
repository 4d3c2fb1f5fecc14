import type { PointOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { formatValue } from "@/lib/units/format";

type Shown = Pick<PointOut, "value" | "at" | "unit" | "precision" | "type" | "words">;

/** A point's value in a list, formatted as on its tile; a dash if it was never seen. */
export function valueText({ value, at, ...format }: Shown, locale?: string): string {
  if (at === null) return "–";
  const { text, unit } = formatValue(value, { ...format, locale, unknown: t("kit.unknownValue") });
  return unit === "" ? text : `${text} ${unit}`;
}
