/**
 * Local time in a time zone (IANA name). History has only epoch milliseconds; zones and daylight saving time matter only to the reader.
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

/** The local time in a zone. */
export function wallOf(at: number, zone: string): Wall {
  const wall: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) if (type !== "literal") wall[type] = Number(value);
  return wall as unknown as Wall;
}

/** Local time as if it were UTC, for calculating with local time. */
const asUtc = ({ year, month, day, hour, minute, second }: Wall): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);

/** The zone's offset from UTC in ms. */
const offsetAt = (at: number, zone: string): number => asUtc(wallOf(at, zone)) - Math.floor(at / 1000) * 1000;

/** The instants (epoch ms, ascending) with this local time, given as if it were UTC: none for one skipped in spring, two in autumn. */
function showing(wall: number, zone: string): number[] {
  // The offsets a day before and after: between them is at most one change.
  const offsets = new Set([offsetAt(wall - 86_400_000, zone), offsetAt(wall + 86_400_000, zone)]);
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((at) => at + offsetAt(at, zone) === wall)
    .sort((a, b) => a - b);
}

/** As `showing`, but a local time that is skipped in spring is replaced by the one an hour later. */
export function instantsOf(wall: number, zone: string): number[] {
  const found = showing(wall, zone);
  return found.length > 0 ? found : [wall - offsetAt(wall - 86_400_000, zone)];
}

/** The first instant with this local time. */
export const fromWall = (wall: number, zone: string): number => instantsOf(wall, zone)[0] as number;

export function startOfDay(at: number, zone: string): number {
  const { year, month, day } = wallOf(at, zone);
  return fromWall(Date.UTC(year, month - 1, day), zone);
}

/**
 * The same local time `days` later; negative: earlier. If that time occurs twice, the one with the same offset is preferred.
 */
export function addDays(at: number, days: number, zone: string): number {
  const rest = ((at % 1000) + 1000) % 1000;
  const second = at - rest;
  const instants = instantsOf(asUtc(wallOf(second, zone)) + days * 86_400_000, zone);
  const offset = offsetAt(second, zone);
  return (instants.find((instant) => offsetAt(instant, zone) === offset) ?? (instants[0] as number)) + rest;
}

/** How times of another day are mapped to this one: from `from` on they are shifted by `by`; undefined: they have no counterpart. */
export interface Shift {
  from: number;
  by: number | undefined;
}

/** Two clock changes are never this close together; a time without a counterpart lasts at least half an hour. */
const LOOK_MS = 86_400_000;
const UNPAIRED_MS = 15 * 60_000;

/**
 * How the times in [from, to) are shifted to the same local time `days` later: one shift, and another one after each clock change. The hour
 * that is skipped on the later day, and the second one of an hour that occurs twice on the earlier day, have no counterpart.
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

let local: string | undefined;

/** The reader's time zone, which only the browser knows. Asked once: each chart asks at each rendering. */
export function localZone(): string {
  local ??= Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  return local;
}
