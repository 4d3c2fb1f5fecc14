import type { Json } from "../decoders/decoder";
import { err, ok, type Result } from "../result";
import { type SaidText, say } from "../texts/said";

/** Larger numbers are milliseconds: as seconds this would be the year 5138; as milliseconds it is 1973. */
const MILLISECONDS_FROM = 1e11;
/** An earlier time means that the device's clock was never set. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST_AHEAD = 86_400_000;
const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * The device's own time in epoch milliseconds, from seconds, milliseconds or ISO 8601 (local time where it has no offset). A time more
 * than a day ahead of `receivedAt`, or before 2000, is rejected: the device's clock is wrong. A time a little ahead becomes
 * `receivedAt`, since a reading cannot be younger than its arrival.
 */
export function readDeviceTime(json: Json, receivedAt: number): Result<number, SaidText> {
  const at = typeof json === "number" ? fromNumber(json) : typeof json === "string" ? fromText(json.trim()) : undefined;
  if (at === undefined || Number.isNaN(at))
    return err(say("reject.notTime", { found: JSON.stringify(json).slice(0, 60) }));
  if (at > receivedAt + LATEST_AHEAD) return err(say("reject.timeAhead", { time: iso(at) }));
  if (at < EARLIEST) return err(say("reject.timeTooOld", { time: iso(at) }));
  return ok(Math.min(at, receivedAt));
}

const fromNumber = (n: number): number => Math.round(Math.abs(n) < MILLISECONDS_FROM ? n * 1000 : n);

function fromText(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return fromNumber(Number(text));
  if (!ISO.test(text)) return undefined;
  const [date = "", time] = text.split(/[T ]/i, 2);
  if (time === undefined) return Date.parse(`${date}T00:00:00`);
  const rest = text.slice(11).replace(/\s/, "").replace(",", ".").toUpperCase();
  return Date.parse(`${date}T${rest.replace(/([+-]\d\d)(\d\d)$/, "$1:$2")}`);
}

/** ISO 8601, or the bare number where it is beyond the range of a Date. */
const iso = (at: number): string => (Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : String(at));
