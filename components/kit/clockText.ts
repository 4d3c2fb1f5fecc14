import { type TimeFormat, timeFormat } from "@/lib/units/time";

const formats = new Map<string, { time: TimeFormat; day: TimeFormat }>();

function formatsOf(locale: string, zone: string | undefined) {
  const key = `${locale} ${zone}`;
  let found = formats.get(key);
  if (!found) {
    found = {
      time: timeFormat({ hour: "2-digit", minute: "2-digit", timeZone: zone }, locale),
      day: timeFormat({ day: "numeric", month: "short", timeZone: zone }, locale),
    };
    formats.set(key, found);
  }
  return found;
}

/** A time of day as the reader writes it; of another day than `now`, with that day in front. Epoch ms; the zone is the browser's own. */
export function clockText(at: number, now: number, locale: string, zone?: string): string {
  const { time, day } = formatsOf(locale, zone);
  const date = day.format(at);
  return date === day.format(now) ? time.format(at) : `${date}, ${time.format(at)}`;
}
