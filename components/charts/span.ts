import { addDays, dayShifts, type Shift, startOfDay } from "./zone";

/** The time span of a chart: the last `ms` milliseconds, moving with the clock, or a fixed range in epoch ms. */
export type Span = { kind: "last"; ms: number } | { kind: "fixed"; from: number; to: number };
export interface TimeRange {
  from: number;
  to: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const PRESETS = [
  { id: "1h", label: "1 h", words: "charts.lastHour", ms: HOUR },
  { id: "24h", label: "24 h", words: "charts.last24Hours", ms: DAY },
  { id: "7d", label: "7 d", words: "charts.last7Days", ms: 7 * DAY },
  { id: "30d", label: "30 d", words: "charts.last30Days", ms: 30 * DAY },
  { id: "1y", label: "1 y", words: "charts.lastYear", ms: 365 * DAY },
] as const;
export type PresetId = (typeof PRESETS)[number]["id"];

export const presetSpan = (id: PresetId): Span => ({
  kind: "last",
  ms: (PRESETS.find((p) => p.id === id) ?? PRESETS[0]).ms,
});
export const presetOf = (span: Span): PresetId | undefined =>
  span.kind === "last" ? PRESETS.find((p) => p.ms === span.ms)?.id : undefined;

/** The current time range of a span. */
export const timeRangeOf = (span: Span, now: number): TimeRange =>
  span.kind === "last" ? { from: now - span.ms, to: now } : { from: span.from, to: span.to };

/** The room before the first reading, as a share of the visible range, and the smallest visible range. */
const LEAD = 0.02;
const LEAST_SEEN_MS = 60_000;

/**
 * The visible part of a span that ends now: it starts where the data start, so that a day with only ten minutes of data is not an empty
 * grid. `firsts`: the first reading of each line, undefined if there are readings before the span or none at all.
 */
export function seenOf(span: Span, firsts: readonly (number | undefined)[], now: number): Span {
  if (span.kind !== "last" || firsts.length === 0 || firsts.includes(undefined)) return span;
  const width = Math.max(LEAST_SEEN_MS, (now - Math.min(...(firsts as number[]))) * (1 + LEAD));
  return width < span.ms ? { kind: "last", ms: width } : span;
}

const SHORTEST = 2000;
const LONGEST = 10 * 366 * DAY;
/** A range that ends within this share of its width before now becomes a moving span. */
const NEAR_NOW = 0.02;

/** Zooms in (factor below 1) or out around a share of the width (0 left, 1 right). A span keeps moving while its right edge is near now. */
export function zoom(span: Span, factor: number, around: number, now: number): Span {
  const { from, to } = timeRangeOf(span, now);
  const width = Math.min(LONGEST, Math.max(SHORTEST, (to - from) * factor));
  const anchor = from + (to - from) * around;
  return settle({ from: anchor - width * around, to: anchor + width * (1 - around) }, now);
}

/** Moves by a share of the width; positive is later. */
export function pan(span: Span, share: number, now: number): Span {
  const { from, to } = timeRangeOf(span, now);
  const by = (to - from) * share;
  return settle({ from: from + by, to: to + by }, now);
}

/** A range that would reach into the future ends now and becomes a moving span. */
function settle({ from, to }: TimeRange, now: number): Span {
  const width = Math.max(SHORTEST, Math.round(to - from));
  if (to >= now - width * NEAR_NOW) return { kind: "last", ms: width };
  return { kind: "fixed", from: Math.round(from), to: Math.round(from) + width };
}

/** The span of a range selected with the mouse. */
export const selected = (a: number, b: number, now: number): Span =>
  settle({ from: Math.min(a, b), to: Math.max(a, b) }, now);

/** What a span is compared with. `day` and `week` follow the calendar of the zone: the same hours, even on a day of 23 hours. */
export const COMPARISONS = [
  { id: "none", label: "charts.noComparison" },
  { id: "before", label: "charts.compareBefore" },
  { id: "day", label: "charts.compareDay" },
  { id: "week", label: "charts.compareWeek" },
] as const;
export type Comparison = (typeof COMPARISONS)[number]["id"];

/** A past range to compare with, and how its times are shifted onto the visible one. */
export interface Overlay extends TimeRange {
  shifts: readonly Shift[];
}

/** Shifts are computed with a margin, since the history is loaded with one on either side. */
const SHIFT_MARGIN = 0.5;

/** The compared range. Days and weeks are shifted by local time: noon is compared with noon, even across a clock change. */
export function comparedWith(range: TimeRange, how: Comparison, zone: string): Overlay | undefined {
  const width = range.to - range.from;
  const days = (n: number): Overlay => {
    const [from, to] = [addDays(range.from, -n, zone), addDays(range.to, -n, zone)];
    const margin = (to - from) * SHIFT_MARGIN;
    return { from, to, shifts: dayShifts(from - margin, to + margin, n, zone) };
  };
  switch (how) {
    case "none":
      return undefined;
    case "before":
      return { from: range.from - width, to: range.from, shifts: [{ from: range.from - width, by: width }] };
    case "day":
      return days(1);
    case "week":
      return days(7);
  }
}

/** The whole calendar day or week (from Monday) for a comparison by day or week; others keep the span. */
export function spanFor(how: Comparison, span: Span, now: number, zone: string): Span {
  const today = startOfDay(now, zone);
  if (how === "day") return { kind: "fixed", from: today, to: addDays(today, 1, zone) };
  if (how !== "week") return span;
  const monday = addDays(today, -daysSinceMonday(today, zone), zone);
  return { kind: "fixed", from: monday, to: addDays(monday, 7, zone) };
}

function daysSinceMonday(at: number, zone: string): number {
  const day = new Intl.DateTimeFormat("en", { weekday: "short", timeZone: zone }).format(at);
  // not a text: what Intl answers in English
  return ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(day);
}

/** The span in a page's address: a preset, milliseconds (`5400000ms`), or two times. Undefined if there is none or it is invalid. */
export function spanFromQuery(query: { get(name: string): string | null }): Span | undefined {
  const [from, to] = [Number(query.get("from") ?? Number.NaN), Number(query.get("to") ?? Number.NaN)];
  if (Number.isFinite(from) && Number.isFinite(to) && to > from) return { kind: "fixed", from, to };
  const text = query.get("span");
  const preset = PRESETS.find((p) => p.id === text);
  if (preset) return { kind: "last", ms: preset.ms };
  const ms = Number(/^(\d{4,12})ms$/.exec(text ?? "")?.[1] ?? Number.NaN);
  return Number.isFinite(ms) ? { kind: "last", ms } : undefined;
}

export const spanToQuery = (span: Span): Record<string, string> =>
  span.kind === "last" ? { span: presetOf(span) ?? `${span.ms}ms` } : { from: String(span.from), to: String(span.to) };
