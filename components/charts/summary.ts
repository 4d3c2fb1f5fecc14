import type { Value } from "@/lib/reading";
import type { Extent } from "./envelope";

/** One line in words, for those who do not see the chart. */
export interface LineWords {
  label: string;
  /** Numbers of the span, or how long each state held (longest first). */
  extent?: Extent | undefined;
  shares?: readonly { value: Value; ms: number }[] | undefined;
  now?: Value | undefined;
  gaps?: number | undefined;
  /** Writes a value with its unit. */
  write(value: Value): string;
}

const percent = (share: number): string => {
  const rounded = Math.round(share * 100);
  return share > 0 && rounded === 0 ? "under 1 %" : share < 1 && rounded === 100 ? "over 99 %" : `${rounded} %`;
};

/** "Chart of the last hour. Power: from 120 W to 2.4 kW, 480 W on average, now 1.8 kW, 2 gaps." */
export function summaryText(span: string, lines: readonly LineWords[]): string {
  return [`Chart of ${span}.`, ...lines.map(lineText)].join(" ");
}

function lineText({ label, extent, shares, now, gaps, write }: LineWords): string {
  const parts: string[] = [];
  if (extent)
    parts.push(
      extent.min === extent.max
        ? `always ${write(extent.min)}`
        : `from ${write(extent.min)} to ${write(extent.max)}, ${write(extent.mean)} on average`,
    );
  const total = shares?.reduce((sum, { ms }) => sum + ms, 0) ?? 0;
  if (shares && total > 0)
    parts.push(
      shares
        .slice(0, 3)
        .map(({ value, ms }) => `${write(value)} ${percent(ms / total)} of the time`)
        .join(", "),
    );
  if (parts.length === 0) parts.push("no readings");
  if (now !== undefined && now !== null) parts.push(`now ${write(now)}`);
  if (gaps) parts.push(gaps === 1 ? "one gap" : `${gaps} gaps`);
  return `${label}: ${parts.join(", ")}.`;
}
