import type { Kept } from "../../../lib/history";
import type { PointInfo } from "../../../lib/point";
import type { PointStatus, Reject, Value } from "../../../lib/reading";
import { readingText } from "../../../lib/readingFields";
import { isSameSaid, type Said, say } from "../../../lib/texts/said";
import type { IngestPoint } from "../../pipeline/ingest";
import {
  type Cadence,
  type Evidence,
  judge,
  newCadence,
  type Pace,
  readingInterval,
  silenceLimit,
} from "../../pipeline/staleness";

/** What the live state must remember of a point to judge it, beside its value. Changed in place: every reading touches it. */
export interface PointRecord {
  of: IngestPoint;
  cadence: Cadence;
  source: Evidence["source"];
  /** The value was retained and nothing tells its age. */
  retained: boolean;
  /** When a fresh (not retained) reading last came. */
  freshAt: number | undefined;
  /** The device's own time of the value that is shown. */
  datedAt: number | undefined;
  /** Readings in a row that were older than the one shown. */
  late: number;
  broker: { since: number; reason: Said } | undefined;
  device: { since: number; reason: Said; topic: string } | undefined;
  /** Why nobody would hear that the device goes offline. */
  deaf: Said | undefined;
  reject: PointStatus["reject"];
  /** What history kept last; absent while every reading is kept. */
  kept: Kept | undefined;
  /** Before this moment silence changes nothing, so a tick need not judge. */
  dueAt: number;
  /** It has a place in the list of all points. */
  listed: boolean;
}

const NO_STATE = say("status.noState");

export const newRecord = (of: IngestPoint, now: number, pace?: Pace): PointRecord => ({
  of,
  cadence: newCadence(pace),
  source: { kind: "none", since: now, reason: of.topic === undefined ? NO_STATE : undefined },
  retained: false,
  freshAt: undefined,
  datedAt: undefined,
  late: 0,
  broker: undefined,
  device: undefined,
  deaf: undefined,
  reject: undefined,
  kept: undefined,
  dueAt: Number.POSITIVE_INFINITY,
  listed: false,
});

/** Rejects closer together than this are counted in silence and told by the next tick. */
const REJECT_TOLD_MS = 1000;

/** Counts a payload that could not be read; true when it should be told at once. */
export function noteReject(record: PointRecord, reject: Reject, now: number): boolean {
  const before = record.reject;
  record.reject = { message: reject.message, at: now, count: (before?.count ?? 0) + 1 };
  if (before && now - before.at < REJECT_TOLD_MS) {
    record.dueAt = Math.min(record.dueAt, now);
    return false;
  }
  return true;
}

/** The wall clock was set back: what silence is counted from is as long ago as before. */
export function moveBack(record: PointRecord, by: number): void {
  const { source, cadence } = record;
  if ("heardAt" in source) source.heardAt -= by;
  if (cadence.beatAt !== undefined) cadence.beatAt -= by;
  record.dueAt -= by;
}

/** How far the pace may drift before it is told anew. */
const DRIFT = 0.2;

/**
 * Nearly every reading of a busy point changes nothing of its status, and this runs for each of them: heard this moment, live before,
 * and nothing else to say. The pace is looked at anew with each beat.
 */
function isAsShown(
  { source, broker, device, deaf, reject, retained, cadence }: PointRecord,
  shown: PointStatus,
  now: number,
) {
  return (
    source.kind === "reading" &&
    source.heardAt === now &&
    broker === undefined &&
    device === undefined &&
    deaf === undefined &&
    reject === undefined &&
    !retained &&
    cadence.beatAt !== now &&
    shown.freshness === "live" &&
    shown.reason === undefined &&
    shown.retained === undefined &&
    shown.reject === undefined
  );
}

/** The point's status now. Keeps `since` while neither freshness nor reason change. */
export function statusOf(record: PointRecord, shown: PointStatus, now: number): PointStatus {
  const { of, cadence, source } = record;
  const staleAfter = of.point.slot.staleAfter;
  if (isAsShown(record, shown, now)) {
    const limit = silenceLimit(staleAfter, cadence);
    record.dueAt = limit === undefined ? Number.POSITIVE_INFINITY : now + limit;
    return shown;
  }
  const judged = judge({ staleAfter, cadence, broker: record.broker, device: record.device, source }, now);
  const { freshness, since } = judged;
  const reason = record.broker === undefined ? bothOf(judged.reason, record.deaf) : judged.reason;
  const limit = silenceLimit(staleAfter, cadence);
  record.dueAt =
    freshness === "live" && "heardAt" in source && limit !== undefined
      ? source.heardAt + limit
      : Number.POSITIVE_INFINITY;

  const same = shown.freshness === freshness && isSameSaid(shown.reason, reason);
  const status: PointStatus = { freshness, since: same ? shown.since : since };
  if (reason !== undefined) status.reason = reason;
  if (record.retained) status.retained = true;
  const every = readingInterval(cadence);
  if (every !== undefined)
    status.every = shown.every && Math.abs(every - shown.every) <= shown.every * DRIFT ? shown.every : every;
  if (record.reject) status.reject = record.reject;
  return status;
}

const bothOf = (reason: Said | undefined, deaf: Said | undefined): Said | undefined =>
  reason !== undefined && deaf !== undefined ? say("status.both", { first: reason, second: deaf }) : (reason ?? deaf);

/** What a changed registration does to the value that is shown: see lib/readingFields. */
export function readingChange(before: IngestPoint, now: IngestPoint): "none" | "again" | "anew" {
  const key = now.point.slot.key;
  const [old, next] = [before.source.compiled.registration, now.source.compiled.registration];
  if (
    before.source.broker !== now.source.broker ||
    before.topic !== now.topic ||
    before.point.info.type !== now.point.info.type ||
    readingText(old, key, "anew") !== readingText(next, key, "anew")
  )
    return "anew";
  return readingText(old, key, "again") === readingText(next, key, "again") ? "none" : "again";
}

/** Only one that reports by itself has a pace: what is operated, or is a part of a lamp or a blind, is silent until someone touches it. */
export const hasPace = ({ point: { info } }: IngestPoint): boolean =>
  info.command === undefined && (info.part === undefined || info.part.kind === "climate");

/** Whether a command to the point means something else now: another topic, payload, unit or name, or another way of reading its state. */
export const meaningChanged = (before: IngestPoint, now: IngestPoint): boolean =>
  readingChange(before, now) !== "none" || commandText(before) !== commandText(now);

function commandText({ source, point: { slot, info, actuator } }: IngestPoint): string {
  const { registration } = source.compiled;
  const spec = slot.key === undefined ? registration : registration.values?.[slot.key];
  return JSON.stringify([info.unit, spec?.command, actuator?.commandTopic, info.name]);
}

/** New names stand before the copied ones: behind them V8 describes the shape of each such object apart, 500 bytes a point. */
export const infoOf = ({ source, point }: IngestPoint): Omit<PointInfo, "operable"> => ({
  broker: source.broker,
  origin: source.origin,
  rev: undefined,
  ...point.info,
});

/** The type that a value shows, for a point whose registration does not say. */
export function typeOf(value: Value): PointInfo["type"] {
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  return typeof value === "string" ? "text" : undefined;
}
