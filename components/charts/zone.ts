/**
 * Days and hours of a time zone (IANA name). History knows only epoch milliseconds; zones and daylight saving time belong to whoever
 * looks, so this stands with the charts.
 */

interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}

/** What a clock on the wall there shows. */
export function wallOf(at: number, zone: string): Wall {
  const wall: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) if (type !== "literal") wall[type] = Number(value);
  return wall as unknown as Wall;
}

/** A wall clock's time as if it were UTC: sums of it are sums of wall time. */
const asUtc = ({ year, month, day, hour, minute, second }: Wall): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);

/** What to add to the epoch to get the wall's time, in ms. */
const offsetAt = (at: number, zone: string): number => asUtc(wallOf(at, zone)) - Math.floor(at / 1000) * 1000;

/**
 * The epoch ms at which the wall shows that time (given as if it were UTC). A time that is skipped in spring is what the clock shows
 * instead, an hour later; of one that comes twice in autumn it is the first.
 */
export function fromWall(wall: number, zone: string): number {
  // A day to either side lies behind any change: at most one of the two offsets does not hold.
  const [before, after] = [offsetAt(wall - 86_400_000, zone), offsetAt(wall + 86_400_000, zone)];
  const candidates = [wall - before, wall - after].filter((at) => at + offsetAt(at, zone) === wall);
  return candidates.length > 0 ? Math.min(...candidates) : wall - before;
}

export function startOfDay(at: number, zone: string): number {
  const { year, month, day } = wallOf(at, zone);
  return fromWall(Date.UTC(year, month - 1, day), zone);
}

/** The same time of day so many days later; negative: earlier. */
export function addDays(at: number, days: number, zone: string): number {
  const rest = ((at % 1000) + 1000) % 1000;
  return fromWall(asUtc(wallOf(at, zone)) + days * 86_400_000, zone) + rest;
}

/** The zone of whoever looks. Only a browser can tell. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
