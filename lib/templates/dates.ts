import { say } from "../texts/said";
import { DateTime, TemplateFault, type TimeDelta } from "./values";

const two = (n: number): string => String(n).padStart(2, "0");
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** A Date whose UTC getters return the fields of the moment in its own offset. */
const shifted = (d: DateTime): Date => new Date(d.ms + d.offset * 60_000);

function offsetText(offset: number, colon: string): string {
  const size = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}${colon}${two(size % 60)}`;
}

/** ISO 8601 as Python's `isoformat(separator)` writes it; milliseconds only if they are not zero. */
export function formatDate(d: DateTime, separator: string): string {
  const s = shifted(d);
  if (Number.isNaN(s.getTime())) throw new TemplateFault(say("template.timeOutOfRange"));
  const ms = s.getUTCMilliseconds();
  const fraction = ms ? `.${String(ms).padStart(3, "0")}000` : "";
  return `${s.toISOString().slice(0, 10)}${separator}${s.toISOString().slice(11, 19)}${fraction}${offsetText(d.offset, ":")}`;
}

const DAY_US = 86_400_000_000;
/** Python's days, seconds and microseconds of a span: only the days may be negative. */
export function partsOf({ us }: TimeDelta): { days: number; seconds: number; microseconds: number } {
  const days = Math.floor(us / DAY_US);
  const rest = us - days * DAY_US;
  return { days, seconds: Math.floor(rest / 1e6), microseconds: rest % 1e6 };
}

/** As Python's `str(timedelta)`: "1 day, 0:05:00", "-1 day, 23:55:00", "0:00:01.500000". */
export function formatDelta(delta: TimeDelta): string {
  const { days, seconds, microseconds } = partsOf(delta);
  const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = microseconds ? `.${String(microseconds).padStart(6, "0")}` : "";
  return `${days === 0 ? "" : `${days} day${Math.abs(days) === 1 ? "" : "s"}, `}${clock}${fraction}`;
}

const FIELDS: Record<string, (s: Date, d: DateTime) => string> = {
  Y: (s) => String(s.getUTCFullYear()).padStart(4, "0"),
  y: (s) => two(s.getUTCFullYear() % 100),
  m: (s) => two(s.getUTCMonth() + 1),
  d: (s) => two(s.getUTCDate()),
  H: (s) => two(s.getUTCHours()),
  I: (s) => two(s.getUTCHours() % 12 || 12),
  M: (s) => two(s.getUTCMinutes()),
  S: (s) => two(s.getUTCSeconds()),
  f: (s) => `${String(s.getUTCMilliseconds()).padStart(3, "0")}000`,
  p: (s) => (s.getUTCHours() < 12 ? "AM" : "PM"),
  A: (s) => DAYS[s.getUTCDay()] ?? "",
  a: (s) => (DAYS[s.getUTCDay()] ?? "").slice(0, 3),
  B: (s) => MONTHS[s.getUTCMonth()] ?? "",
  b: (s) => (MONTHS[s.getUTCMonth()] ?? "").slice(0, 3),
  w: (s) => String(s.getUTCDay()),
  u: (s) => String(s.getUTCDay() || 7),
  j: (s) => String(Math.floor((s.getTime() - Date.UTC(s.getUTCFullYear(), 0, 1)) / 86_400_000) + 1).padStart(3, "0"),
  s: (_s, d) => String(Math.floor(d.ms / 1000)),
  z: (_s, d) => offsetText(d.offset, ""),
  Z: (_s, d) => (d.offset === 0 ? "UTC" : `UTC${offsetText(d.offset, ":")}`),
  T: (s) => s.toISOString().slice(11, 19),
  F: (s) => s.toISOString().slice(0, 10),
  R: (s) => s.toISOString().slice(11, 16),
  "%": () => "%",
};

export function strftime(d: DateTime, format: string): string {
  const s = shifted(d);
  if (Number.isNaN(s.getTime())) throw new TemplateFault(say("template.timeOutOfRange"));
  return format.replace(/%-?([A-Za-z%])/g, (whole, letter: string) => {
    const text = FIELDS[letter]?.(s, d) ?? whole;
    return whole[1] === "-" ? text.replace(/^0+(?=\d)/, "") : text;
  });
}

const PARTS: Record<string, string> = {
  Y: "(?<Y>\\d{4})",
  y: "(?<y>\\d{2})",
  m: "(?<m>\\d{1,2})",
  d: "(?<d>\\d{1,2})",
  H: "(?<H>\\d{1,2})",
  M: "(?<M>\\d{1,2})",
  S: "(?<S>\\d{1,2})",
  f: "(?<f>\\d{1,6})",
  z: "(?<z>[+-]\\d\\d:?\\d\\d|Z)",
};

/** The moment that a text in this format denotes; undefined if the text does not match. Takes linear time, because no field can repeat. */
export function strptime(text: string, format: string, offset: number): DateTime | undefined {
  if (text.length > 64 || format.length > 64) return undefined;
  const seen = new Set<string>();
  let known = true;
  const source = format.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/%([A-Za-z%])/g, (_, letter: string) => {
    if (letter === "%") return "%";
    const part = PARTS[letter];
    if (!part || seen.has(letter)) known = false;
    seen.add(letter);
    return part ?? "";
  });
  const g = known ? new RegExp(`^${source}$`).exec(text)?.groups : undefined;
  if (!g) return undefined;
  const year = g.Y ? Number(g.Y) : g.y ? 2000 + Number(g.y) : 1900;
  const n = (field: string, otherwise: number): number => (g[field] === undefined ? otherwise : Number(g[field]));
  const ms = Math.floor(Number((g.f ?? "0").padEnd(6, "0")) / 1000);
  const at = Date.UTC(year, n("m", 1) - 1, n("d", 1), n("H", 0), n("M", 0), n("S", 0), ms);
  const said = g.z === undefined ? offset : zoneMinutes(g.z);
  return new DateTime(at - said * 60_000, said);
}

function zoneMinutes(zone: string): number {
  if (zone === "Z") return 0;
  const digits = zone.replace(/[^\d]/g, "");
  return (zone.startsWith("-") ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s?(Z|[+-]\d\d:?\d\d)?$/i;

/** Home Assistant's as_datetime: ISO 8601; a text without an offset is local time. */
export function parseDate(text: string, offset: number): DateTime | undefined {
  const m = text.length > 64 ? null : ISO.exec(text.trim());
  if (!m) return undefined;
  const said = m[8] === undefined ? offset : zoneMinutes(m[8].toUpperCase());
  const fraction = Number((m[7] ?? "0").padEnd(3, "0").slice(0, 3));
  const at = Date.UTC(
    Number(m[1]),
    Number(m[2]) - 1,
    Number(m[3]),
    Number(m[4] ?? 0),
    Number(m[5] ?? 0),
    Number(m[6] ?? 0),
    fraction,
  );
  return Number.isNaN(at) ? undefined : new DateTime(at - said * 60_000, said);
}
