import { type TimeFormat, timeFormat } from "@/lib/units/time";
import { fromWall, instantsOf, wallOf } from "./zone";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The distances between ticks. Months and years vary in length and are handled separately. */
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 3, 7, 14].map((n) => n * DAY),
];
/** The first Monday of the epoch. */
const MONDAY = 4 * DAY;
const MOST = 200;
const MONTHS: readonly number[] = [1, 2, 3, 6, 12, 24, 60];

export interface Ticks {
  t: number[];
  /** The approximate distance in ms, which decides the format of labels. */
  step: number;
}

/**
 * At most `count` ticks for a time axis, on whole hours, days and months of local time in the zone, also across a change to or from
 * daylight saving time.
 */
export function timeTicks(from: number, to: number, count: number, zone: string): Ticks {
  const least = (to - from) / Math.max(1, count);
  const step = STEPS.find((s) => s >= least);
  if (step === undefined) return monthTicks(from, to, least, zone);
  const start = wallTime(from, zone);
  const t: number[] = [];
  if (step < HOUR) {
    // Clocks change by whole half hours: ticks below an hour keep their distance, also in the hour that occurs twice.
    const ahead = start - Math.floor(from / SECOND) * SECOND;
    for (let at = Math.ceil((from + ahead) / step) * step - ahead; at <= to && t.length < MOST; at += step) t.push(at);
    return { t, step };
  }
  const anchor = step % (7 * DAY) === 0 ? MONDAY : 0;
  for (let wall = Math.ceil((start - anchor) / step) * step + anchor; t.length < MOST; wall += step) {
    // Hourly ticks are an hour apart also in the hour that occurs twice: it has two ticks.
    const instants = step === HOUR ? instantsOf(wall, zone) : [fromWall(wall, zone)];
    if ((instants[0] as number) > to) break;
    for (const at of instants) if (at >= from && at <= to && at > (t.at(-1) ?? Number.NEGATIVE_INFINITY)) t.push(at);
  }
  return { t, step };
}

function wallTime(at: number, zone: string): number {
  const w = wallOf(at, zone);
  return Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute, w.second);
}

function monthTicks(from: number, to: number, least: number, zone: string): Ticks {
  const months = MONTHS.find((n) => n * 30 * DAY >= least) ?? 120;
  const { year, month } = wallOf(from, zone);
  const t: number[] = [];
  let index = Math.floor((year * 12 + month - 1) / months) * months;
  for (; t.length < MOST; index += months) {
    const at = fromWall(Date.UTC(Math.floor(index / 12), index % 12, 1), zone);
    if (at > to) break;
    if (at >= from) t.push(at);
  }
  return { t, step: months * 30 * DAY };
}

type Style = Intl.DateTimeFormatOptions;
const STYLES: readonly { below: number; time: Style; edge?: Style }[] = [
  { below: MINUTE, time: { hour: "2-digit", minute: "2-digit", second: "2-digit" } },
  { below: DAY, time: { hour: "2-digit", minute: "2-digit" }, edge: { weekday: "short", day: "numeric" } },
  { below: 28 * DAY, time: { day: "numeric", month: "short" } },
  { below: 360 * DAY, time: { month: "short" }, edge: { year: "numeric" } },
  { below: Number.POSITIVE_INFINITY, time: { year: "numeric" } },
];

const written = new Map<string, TimeFormat>();
function writer(locale: string, zone: string, style: Style): TimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(style)}`;
  let format = written.get(key);
  if (!format) {
    format = timeFormat({ ...style, timeZone: zone }, locale);
    written.set(key, format);
  }
  return format;
}

/** The label of a tick: the time of day, or the day at its start; the month, or the year at its start. */
export function tickText(at: number, step: number, locale: string, zone: string): string {
  const style = STYLES.find((s) => step < s.below) ?? (STYLES[0] as (typeof STYLES)[number]);
  const w = wallOf(at, zone);
  const midnight = w.hour === 0 && w.minute === 0 && w.second === 0;
  const edge = style.edge?.year ? midnight && w.month === 1 && w.day === 1 : midnight;
  return writer(locale, zone, edge && style.edge ? style.edge : style.time).format(at);
}

/** A date and time, with a precision that fits the width of the visible range (ms). */
export function momentText(at: number, width: number, locale: string, zone: string): string {
  const style: Style = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  if (width <= 2 * HOUR) style.second = "2-digit";
  if (width > 300 * DAY) style.year = "numeric";
  return writer(locale, zone, style).format(at);
}
