import { t } from "@/lib/texts/t";
import { PRESETS, presetOf, type Span } from "./span";
import { momentText } from "./ticks";

/** A span in words: "the last 24 hours"; "12 Mar, 08:00 to 12 Mar, 09:30". */
export function spanWords(span: Span, locale: string, zone: string): string {
  const preset = presetOf(span);
  const words = PRESETS.find((p) => p.id === preset)?.words;
  if (words) return t("charts.theSpan", { words: t(words) });
  if (span.kind === "last") return t("charts.lastSpan", { length: lengthWords(span.ms) });
  const width = span.to - span.from;
  return t("charts.fromTo", {
    from: momentText(span.from, width, locale, zone),
    to: momentText(span.to, width, locale, zone),
  });
}

const UNITS = [
  { ms: 86_400_000, text: "charts.days" },
  { ms: 3_600_000, text: "charts.hours" },
  { ms: 60_000, text: "charts.minutes" },
  { ms: 1000, text: "charts.seconds" },
] as const;

/** A duration in the largest unit of which there are at least two: "90 minutes", "3 days". */
function lengthWords(ms: number): string {
  const unit = UNITS.find((u) => ms >= 2 * u.ms) ?? (UNITS[3] as (typeof UNITS)[number]);
  return t(unit.text, { n: Math.round(ms / unit.ms) });
}
