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

/** The epoch ms at which the wall shows that time (given as if it were UTC), ascending: none in spring, two in autumn. */
function showing(wall: number, zone: string): number[] {
  // A day to either side lies behind any change: at most one of the two offsets does not hold.
  const offsets = new Set([offsetAt(wall - 86_400_000, zone), offsetAt(wall + 86_400_000, zone)]);
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((at) => at + offsetAt(at, zone) === wall)
    .sort((a, b) => a - b);
}

/** As `showing`; a time that is skipped in spring is what the clock shows instead, an hour later. */
export function instantsOf(wall: number, zone: string): number[] {
  const found = showing(wall, zone);
  return found.length > 0 ? found : [wall - offsetAt(wall - 86_400_000, zone)];
}

/** The first of them. */
export const fromWall = (wall: number, zone: string): number => instantsOf(wall, zone)[0] as number;

export function startOfDay(at: number, zone: string): number {
  const { year, month, day } = wallOf(at, zone);
  return fromWall(Date.UTC(year, month - 1, day), zone);
}

/**
 * The same time of day so many days later; negative: earlier. Of a time that comes twice the one with the same offset, where there
 * is one.
 */
export function addDays(at: number, days: number, zone: string): number {
  const rest = ((at % 1000) + 1000) % 1000;
  const second = at - rest;
  const instants = instantsOf(asUtc(wallOf(second, zone)) + days * 86_400_000, zone);
  const offset = offsetAt(second, zone);
  return (instants.find((instant) => offsetAt(instant, zone) === offset) ?? (instants[0] as number)) + rest;
}

/** Where a stretch of another day lies on this one: from `from` on its times are moved by `by`; undefined: they have no counterpart. */
export interface Shift {
  from: number;
  by: number | undefined;
}

/** Two changes of a clock never lie so near, and what has no counterpart lasts at least half an hour. */
const LOOK_MS = 86_400_000;
const UNPAIRED_MS = 15 * 60_000;

/**
 * How the times in [from, to) are moved to be `days` later by the clock on the wall: one shift, and another behind each change of the
 * clock. The hour that is skipped on the later day, and the second of one that comes twice on the earlier, have no counterpart.
 */
export function dayShifts(from: number, to: number, days: number, zone: string): Shift[] {
  const byAt = (at: number): number | undefined => {
    const second = Math.floor(at / 1000) * 1000;
    const wall = second + offsetAt(second, zone);
    const [first] = instantsOf(wall, zone);
    const [later] = showing(wall + days * 86_400_000, zone);
    return first !== second || later === undefined ? undefined : later - second;
  };
  const shifts: Shift[] = [{ from, by: byAt(from) }];
  for (let at = from; at < to; at += LOOK_MS) spread(at, Math.min(to, at + LOOK_MS));
  return shifts;

  /** Finds the changes between two instants, to the minute: clocks change at whole minutes. */
  function spread(low: number, high: number): void {
    const [first, last] = [byAt(low), byAt(high)];
    if (first === last && (first !== undefined || high - low <= UNPAIRED_MS)) return;
    if (high - low <= 60_000) {
      if (shifts.at(-1)?.by !== last) shifts.push({ from: Math.floor(high / 60_000) * 60_000, by: last });
      return;
    }
    const middle = Math.floor((low + high) / 2);
    spread(low, middle);
    spread(middle, high);
  }
}

export function shiftAt(shifts: readonly Shift[], at: number): number | undefined {
  let found = shifts[0];
  for (const shift of shifts) if (shift.from <= at) found = shift;
  return found?.by;
}

/** The zone of whoever looks. Only a browser can tell. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
