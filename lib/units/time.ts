/** Writes epoch ms (or a Date) as text. */
export interface TimeFormat {
  format(at: number | Date): string;
}

const HOUR = 3_600_000;
/** How far apart two instants lie that one clock shows alike: an hour, on Lord Howe Island half of one. */
const REPEATS = [HOUR, -HOUR, HOUR / 2, -HOUR / 2];

/**
 * Times of day have 24 hours wherever they are shown, as on the axis of a chart: "11 PM" here and "23" there would be two clocks.
 * In the hour that comes twice when daylight saving time ends, the zone's name is added: "02:30 CEST", "02:30 CET".
 */
export function timeFormat(options: Intl.DateTimeFormatOptions, locale?: string): TimeFormat {
  const plain = new Intl.DateTimeFormat(locale, { ...options, hourCycle: "h23" });
  if (!("hour" in options) && !("timeStyle" in options)) return plain;
  let zoneName: Intl.DateTimeFormat | undefined;
  return {
    format(at) {
      const text = plain.format(at);
      const ms = Number(at);
      if (!REPEATS.some((apart) => plain.format(ms + apart) === text)) return text;
      zoneName ??= new Intl.DateTimeFormat(locale, { timeZone: options.timeZone, timeZoneName: "short" });
      const name = zoneName.formatToParts(ms).find(({ type }) => type === "timeZoneName")?.value;
      return name ? `${text} ${name}` : text;
    },
  };
}
