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

/** The time of day in the reader's locale, with the date if it is not the day of `now`. Epoch ms; the zone is the browser's by default. */
export function clockText(at: number, now: number, locale: string, zone?: string): string {
  const { time, day } = formatsOf(locale, zone);
  const date = day.format(at);
  return date === day.format(now) ? time.format(at) : `${date}, ${time.format(at)}`;
}
