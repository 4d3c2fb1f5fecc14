import { PRESETS, presetOf, type Span } from "./span";
import { momentText } from "./ticks";

/** "the last 24 hours"; "12 Mar, 08:00 to 12 Mar, 09:30". */
export function spanWords(span: Span, locale: string, zone: string): string {
  const preset = presetOf(span);
  const words = PRESETS.find((p) => p.id === preset)?.words;
  if (words) return `the ${words}`;
  if (span.kind === "last") return `the last ${lengthWords(span.ms)}`;
  const width = span.to - span.from;
  return `${momentText(span.from, width, locale, zone)} to ${momentText(span.to, width, locale, zone)}`;
}

const UNITS = [
  { ms: 86_400_000, word: "day" },
  { ms: 3_600_000, word: "hour" },
  { ms: 60_000, word: "minute" },
  { ms: 1000, word: "second" },
];

/** In the unit of which there are at least two: "90 minutes", "3 days". */
function lengthWords(ms: number): string {
  const unit = UNITS.find((u) => ms >= 2 * u.ms) ?? (UNITS[3] as (typeof UNITS)[number]);
  const n = Math.round(ms / unit.ms);
  return `${n} ${unit.word}${n === 1 ? "" : "s"}`;
}
