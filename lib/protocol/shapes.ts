import { z } from "zod";
import { BrokerState } from "../broker";
import { Command } from "../command";
import { BrokerId, DashboardSlug, PointId } from "../ids";
import { PointInfo } from "../point";
import { STATE_KEYS } from "../pointState";
import { PointStatus, Value } from "../reading";
import { Registration } from "../registration";
import type { Said } from "../texts/said";

/** What the events of the wire carry. */

/** Every ack. `code` is stable and for programs, `message` is for people. */
export const ErrorCode = z.enum([
  "bad-request",
  "not-signed-in",
  "not-allowed",
  "not-found",
  "too-late",
  "too-many",
  "unavailable",
  "internal",
]);
export type ErrorCode = z.infer<typeof ErrorCode>;
export type Reply<T> = { ok: true; value: T } | { ok: false; code: ErrorCode; message: Said; field?: string };

/** What a page looks at: one at a time for each socket. */
export const View = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("dashboard"), slug: DashboardSlug }),
  /** At most the first thousand points: the page of everything watches what is in sight, as `points`. */
  z.strictObject({ kind: z.literal("everything") }),
  z.strictObject({ kind: z.literal("points"), points: z.array(PointId).min(1).max(1000) }),
]);
export type View = z.infer<typeof View>;

/** Where a client stands in the stream: revisions are counted from the server's start, which the epoch names. */
export const Position = z.strictObject({ epoch: z.string().max(64), rev: z.number().int().nonnegative() });
export type Position = z.infer<typeof Position>;

/**
 * A point in a frame: [index in the room's point list, value, time (epoch ms), status?].
 * Time null: never seen. The status is left out while it stays what the client already has.
 */
export const Entry = z.union([
  z.tuple([z.number(), Value, z.number().nullable()]),
  z.tuple([z.number(), Value, z.number().nullable(), PointStatus]),
]);
export type Entry = z.infer<typeof Entry>;

/** Server → room, per tick: the newest value of each point that changed, and every command that changed. */
export const Frame = z.object({
  room: z.string(),
  epoch: z.string(),
  /** The revision that the receiver must have; if not, it asks with view:sync. */
  prev: z.number(),
  rev: z.number(),
  /** The server's clock. A page gives it back with a command: see ViewAge. */
  now: z.number(),
  values: z.array(Entry),
  commands: z.array(Command).optional(),
});
export type Frame = z.infer<typeof Frame>;

/** The full state of a view. Entries always carry their status. `commands`: in flight, or the last ended one of each point. */
export const Snapshot = z.object({
  room: z.string(),
  epoch: z.string(),
  rev: z.number(),
  /** The server's clock, so that ages are right on a device whose clock is not. */
  now: z.number(),
  points: z.array(PointInfo),
  values: z.array(Entry),
  commands: z.array(Command),
  brokers: z.array(BrokerState),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** What a client that watches the same room missed since its position. Entries carry their status. */
const Difference = z.object({
  room: z.string(),
  epoch: z.string(),
  rev: z.number(),
  now: z.number(),
  values: z.array(Entry),
  commands: z.array(Command),
  brokers: z.array(BrokerState),
});
export type Difference = z.infer<typeof Difference>;

export const CatchUp = z.discriminatedUnion("kind", [
  Snapshot.extend({ kind: z.literal("snapshot") }),
  Difference.extend({ kind: z.literal("difference") }),
]);
export type CatchUp = z.infer<typeof CatchUp>;

/** What of everything is wanted: points with every word of the query, in one of these states. `known`: the version that the page has. */
export const EverythingRequest = z.strictObject({
  query: z.string().max(200).optional(),
  states: z.array(z.enum(STATE_KEYS)).max(STATE_KEYS.length).optional(),
  known: z.string().max(64).optional(),
});
export type EverythingRequest = z.infer<typeof EverythingRequest>;

/** Which view, and what the client already has of it: `since` and `room` from first paint or before a reconnect. */
export const WatchRequest = z.strictObject({
  view: View,
  room: z.string().max(64).optional(),
  since: Position.optional(),
});
export type WatchRequest = z.infer<typeof WatchRequest>;

export const SyncRequest = z.strictObject({ room: z.string().max(64), since: Position });
export type SyncRequest = z.infer<typeof SyncRequest>;

/** An admin's form looks at what arrives on a filter, before anything is saved. */
export const PreviewRequest = z.strictObject({
  broker: BrokerId.optional(),
  filter: Registration.shape.filter.unwrap(),
});
export type PreviewRequest = z.infer<typeof PreviewRequest>;

/** A raw message for the form: at most 64 KiB of it, base64. Decoded in the browser by the same code as on the server. */
export const PreviewMessage = z.object({
  topic: z.string(),
  payload: z.string(),
  bytes: z.number(),
  retained: z.boolean(),
  at: z.number(),
});
export type PreviewMessage = z.infer<typeof PreviewMessage>;

/** Columns of recent readings for a sparkline, oldest first. */
export const RecentRequest = z.strictObject({
  points: z.array(PointId).min(1).max(500),
  ms: z.number().int().min(1000).max(86_400_000),
});
export type RecentRequest = z.infer<typeof RecentRequest>;
export const RecentSeries = z.record(z.string(), z.object({ t: z.array(z.number()), value: z.array(Value) }));
export type RecentSeries = z.infer<typeof RecentSeries>;

export const CloseReason = z.enum([
  "signed-out",
  "rights-changed",
  "server-stopping",
  "too-slow",
  "too-many-errors",
  "too-many-pages",
  "version",
]);
export type CloseReason = z.infer<typeof CloseReason>;
