import { z } from "zod";
import { BrokerState } from "./broker";
import { Command, CommandDismiss, CommandFate, CommandRequest } from "./command";
import type { EverythingList } from "./everything";
import {
  ExplorerClear,
  ExplorerLook,
  type ExplorerMessages,
  ExplorerOpen,
  type ExplorerOpened,
  ExplorerPayloadRequest,
  ExplorerPublish,
  type ExplorerPublished,
  type ExplorerRows,
  ExplorerSelect,
  type ExplorerSibling,
  ExplorerSiblingsRequest,
  type ExplorerStatus,
} from "./explorer/wire";
import { BrokerId, DashboardSlug, PointId } from "./ids";
import { PointInfo } from "./point";
import { STATE_KEYS } from "./pointState";
import { PointStatus, Value } from "./reading";
import { Registration } from "./registration";

/**
 * The wire between page and server, whole: Socket.IO events with their payloads. Numbered rules: lib/SPEC.md (FR, CM, AC).
 * A page of another version is told to reload; nothing is guessed.
 */
export * from "./protocolLimits";

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
export type Reply<T> = { ok: true; value: T } | { ok: false; code: ErrorCode; message: string; field?: string };

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
export const Difference = z.object({
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

export interface ClientEvents {
  /** A page opens, or reconnects: join the view's room and catch up. Replaces the view watched before. */
  "view:watch": (request: WatchRequest, ack: (reply: Reply<CatchUp>) => void) => void;
  /** The tiles of the page of everything, in order, as ids. */
  "everything:list": (request: EverythingRequest, ack: (reply: Reply<EverythingList>) => void) => void;
  /** A gap was seen in the frames: catch up. */
  "view:sync": (request: SyncRequest, ack: (reply: Reply<CatchUp>) => void) => void;
  /** A person acts. Answered when sent or refused; what follows travels in frames to everyone. */
  "command:send": (request: CommandRequest, ack: (reply: Reply<Command>) => void) => void;
  /** What became of a gesture that was never answered. What the server does not know by then it never accepts. */
  "command:fate": (request: CommandFate, ack: (reply: Reply<Command>) => void) => void;
  /** A person has read that the point's last command was not confirmed. */
  "command:dismiss": (request: CommandDismiss, ack: (reply: Reply<Command>) => void) => void;
  "series:recent": (request: RecentRequest, ack: (reply: Reply<RecentSeries>) => void) => void;
  /** Admin. One preview a socket; opening another closes the first. */
  "preview:open": (request: PreviewRequest, ack: (reply: Reply<{ filter: string }>) => void) => void;
  "preview:close": (ack: (reply: Reply<null>) => void) => void;
  /** Admin. One explorer a socket; opening another closes the first. */
  "explorer:open": (request: ExplorerOpen, ack: (reply: Reply<ExplorerOpened>) => void) => void;
  "explorer:close": (ack: (reply: Reply<null>) => void) => void;
  /** What of the tree is in sight; its rows follow as explorer:rows. */
  "explorer:look": (request: ExplorerLook, ack: (reply: Reply<null>) => void) => void;
  /** A topic whose messages are wanted from now on, with what is known of it; null: none. */
  "explorer:select": (request: { topic: string | null }, ack: (reply: Reply<ExplorerMessages | null>) => void) => void;
  /** The whole payload of a message of the selected topic, as far as it is still kept. */
  "explorer:payload": (
    request: { topic: string; id: number },
    ack: (reply: Reply<{ payload: string }>) => void,
  ) => void;
  /** Topics that differ from this one in one level: what a proposal looks at. */
  "explorer:siblings": (request: { topic: string }, ack: (reply: Reply<ExplorerSibling[]>) => void) => void;
  /** Audited before it is sent. */
  "explorer:publish": (request: ExplorerPublish, ack: (reply: Reply<ExplorerPublished>) => void) => void;
  "explorer:clear-retained": (request: ExplorerClear, ack: (reply: Reply<ExplorerPublished>) => void) => void;
}

export interface ServerEvents {
  frame: (frame: Frame) => void;
  /** Every 5 s, frames or not: the room's revision, so that a lost last frame is noticed. An explorer's has an empty room. */
  heartbeat: (beat: { room: string; epoch: string; rev: number; now: number }) => void;
  /** A broker's connection changed; all brokers. */
  brokers: (brokers: BrokerState[]) => void;
  /** The view's set of points changed (a registration, a new topic under a wildcard): watch again. */
  "view:changed": (change: { room: string }) => void;
  /** Dashboards were created, renamed or removed: navigation is out of date. */
  "catalog:changed": () => void;
  "preview:messages": (batch: { filter: string; messages: PreviewMessage[]; dropped: number; error?: string }) => void;
  "explorer:rows": (rows: ExplorerRows) => void;
  "explorer:status": (status: ExplorerStatus) => void;
  "explorer:messages": (messages: ExplorerMessages) => void;
  /** Sent before the server disconnects on purpose. */
  goodbye: (why: { code: CloseReason; message: string }) => void;
}

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

/** What the schemas are for each event that a client may send; an event not named here is counted and answered with bad-request. */
export const clientEventSchemas = {
  "view:watch": WatchRequest,
  "view:sync": SyncRequest,
  "everything:list": EverythingRequest,
  "command:send": CommandRequest,
  "command:fate": CommandFate,
  "command:dismiss": CommandDismiss,
  "series:recent": RecentRequest,
  "preview:open": PreviewRequest,
  "preview:close": z.undefined(),
  "explorer:open": ExplorerOpen,
  "explorer:close": z.undefined(),
  "explorer:look": ExplorerLook,
  "explorer:select": ExplorerSelect,
  "explorer:payload": ExplorerPayloadRequest,
  "explorer:siblings": ExplorerSiblingsRequest,
  "explorer:publish": ExplorerPublish,
  "explorer:clear-retained": ExplorerClear,
} as const;
