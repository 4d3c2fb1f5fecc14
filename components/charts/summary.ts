import type { Value } from "@/lib/reading";
import { t } from "@/lib/texts/t";
import type { Extent } from "./envelope";

/** The facts of one line for the summary, which screen readers read. */
export interface LineWords {
  label: string;
  /** For a number: its extent. For a state: the time of each value, longest first. */
  extent?: Extent | undefined;
  shares?: readonly { value: Value; ms: number }[] | undefined;
  now?: Value | undefined;
  gaps?: number | undefined;
  /** Writes a value with its unit. */
  write(value: Value): string;
}

const percent = (share: number): string => {
  const rounded = Math.round(share * 100);
  return share > 0 && rounded === 0
    ? t("charts.underOnePercent")
    : share < 1 && rounded === 100
      ? t("charts.overNinetyNine")
      : `${rounded} %`;
};

/** "Chart of the last hour. Power: from 120 W to 2.4 kW, 480 W on average, now 1.8 kW, 2 gaps." */
export function summaryText(span: string, lines: readonly LineWords[]): string {
  return [t("charts.chartOf", { span }), ...lines.map(lineText)].join(" ");
}

function lineText({ label, extent, shares, now, gaps, write }: LineWords): string {
  const parts: string[] = [];
  if (extent)
    parts.push(
      extent.min === extent.max
        ? t("charts.alwaysValue", { value: write(extent.min) })
        : t("charts.average", { min: write(extent.min), max: write(extent.max), mean: write(extent.mean) }),
    );
  const total = shares?.reduce((sum, { ms }) => sum + ms, 0) ?? 0;
  if (shares && total > 0)
    parts.push(
      shares
        .slice(0, 3)
        .map(({ value, ms }) => t("charts.ofTheTime", { value: write(value), percent: percent(ms / total) }))
        .join(", "),
    );
  if (parts.length === 0) parts.push(t("charts.noReadings"));
  if (now !== undefined && now !== null) parts.push(t("charts.now", { value: write(now) }));
  if (gaps) parts.push(t("charts.gaps", { gaps }));
  return `${label}: ${parts.join(", ")}.`;
}
