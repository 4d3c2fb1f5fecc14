import type { Command } from "../../lib/command";
import type { PointId } from "../../lib/ids";
import { type Entry, FRAME_TICK_MAX_MS, FRAME_TICK_MS, type Frame } from "../../lib/protocol";
import type { LivePoint } from "../ports";

/**
 * From changes to frames: the newest of each point wins, whatever came between is not sent. Rules FR-1 … FR-6.
 * A frame holds all that changed in (prev, rev]; it may be applied by whoever has at least prev.
 */

type Get = (id: PointId) => LivePoint | undefined;

/** Nothing of the stream goes to points in a room but what is newer than this. */
export interface Changes {
  values: Entry[];
  commands: Command[];
}

export interface RoomFrames {
  readonly room: string;
  readonly epoch: string;
  readonly ids: readonly PointId[];
  /** The revision of the newest frame. */
  readonly rev: number;
  readonly pending: boolean;
  /** Takes note of a change; true when the room shows the point. */
  add(id: PointId, change: "value" | "status" | "command"): boolean;
  /** The frame up to `rev`, the revision of the state at `now` (epoch ms); undefined when nothing waits. */
  flush(rev: number, now: number): Frame | undefined;
}

/** `rev`: the revision of the state at the room's birth. */
export function createRoomFrames(
  room: string,
  epoch: string,
  ids: readonly PointId[],
  rev: number,
  get: Get,
): RoomFrames {
  const indexes = new Map(ids.map((id, i) => [id, i]));
  const values = new Set<number>();
  const commands = new Set<number>();
  let last = rev;
  return {
    room,
    epoch,
    ids,
    get rev() {
      return last;
    },
    get pending() {
      return values.size + commands.size > 0;
    },
    add(id, change) {
      const index = indexes.get(id);
      if (index === undefined) return false;
      (change === "command" ? commands : values).add(index);
      return true;
    },
    flush(upTo, now) {
      if (values.size + commands.size === 0) return undefined;
      const frame: Frame = { room, epoch, prev: last, rev: upTo, now, values: [] };
      for (const index of values) {
        const point = get(ids[index] as PointId);
        if (point) frame.values.push(entryOf(index, point, last));
      }
      if (commands.size > 0) {
        frame.commands = [];
        for (const index of commands) {
          const command = get(ids[index] as PointId)?.command;
          if (command) frame.commands.push(command);
        }
      }
      values.clear();
      commands.clear();
      last = upTo;
      return frame;
    },
  };
}

/** With the status only where it changed after `since`. */
const entryOf = (index: number, point: LivePoint, since: number): Entry =>
  point.statusRev > since ? [index, point.value, point.at, point.status] : [index, point.value, point.at];

/** What someone at revision `since` lacks, statuses always told. `since` -1 gives everything. */
export function changesSince(ids: readonly PointId[], get: Get, since: number): Changes {
  const changes: Changes = { values: [], commands: [] };
  for (const [index, id] of ids.entries()) {
    const point = get(id);
    if (!point || point.rev <= since) continue;
    changes.values.push([index, point.value, point.at, point.status]);
    if (point.command && point.commandRev > since) changes.commands.push(point.command);
  }
  return changes;
}

/** How late a tick may come before frames slow down, and how busy the event loop must have been meanwhile. */
const LATE_MS = 12;
/**
 * A timer that the system fires late while this process was idle is not our load: on a busy machine frames would slow down by
 * 50 ms where nothing of ours was in the way.
 */
const BUSY_UTILIZATION = 0.7;
/** The tick while little happens and few look on: a reading that comes alone should not wait for company. */
const SPARSE_TICK_MS = 8;
/** Little: 200 entries a second, smoothed over a quarter of a second. */
const SPARSE_PER_MS = 0.2;
const PACE_MS = 250;
const FEW_SOCKETS = 20;
/** A frame costs about 12 µs for each socket, whatever is in it: beyond so many sockets frames come less often. */
const MANY_SOCKETS = 50;
const MS_PER_SOCKET = 0.6;
/** A page draws as long as a frame has entries: hundreds of tiles that change thirty times a second keep it busy, and nobody reads them. */
const MANY_ENTRIES = 100;
const MS_PER_ENTRY = 0.08;

/**
 * Entries per ms, smoothed exponentially. Decided by one frame, the tick jumped between 8 and 33 ms: at 100 readings a second three
 * of them often come within 8 ms by chance, or after a stall. `entries` came during the last `elapsedMs`.
 */
export function smoothPace(pace: number, entries: number, elapsedMs: number): number {
  const elapsed = Math.max(1, elapsedMs);
  return pace + (entries / elapsed - pace) * (1 - Math.exp(-elapsed / PACE_MS));
}

export interface Load {
  /** How much later than asked the last tick came. */
  lateMs: number;
  /** The part of the last tick in which the event loop was at work, 0 … 1. */
  utilization: number;
  /** Entries in the last frame, and how many sockets it went to. */
  entries: number;
  sockets: number;
  /** Entries per ms, of `smoothPace`. */
  pace: number;
  /** A good part of the sockets cannot keep up. */
  backedUp: boolean;
}

/**
 * The time until the next frame may go out: FRAME_TICK_MS while readings keep coming, less while they are sparse, more while the
 * event loop lags, sockets fall behind, there are very many or a frame is large, never more than FRAME_TICK_MAX_MS.
 */
export function nextTick(tickMs: number, load: Load): number {
  const late = load.lateMs > LATE_MS && load.utilization > BUSY_UTILIZATION;
  if (late || load.backedUp) return Math.min(FRAME_TICK_MAX_MS, Math.round(Math.max(tickMs, FRAME_TICK_MS) * 1.5));
  const sparse = load.sockets <= FEW_SOCKETS && load.pace <= SPARSE_PER_MS;
  const steady =
    FRAME_TICK_MS +
    Math.max(0, load.sockets - MANY_SOCKETS) * MS_PER_SOCKET +
    Math.max(0, load.entries - MANY_ENTRIES) * MS_PER_ENTRY;
  const least = sparse ? SPARSE_TICK_MS : Math.min(FRAME_TICK_MAX_MS, Math.round(steady));
  return Math.max(least, Math.round(tickMs * 0.7));
}
