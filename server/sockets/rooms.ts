import { performance } from "node:perf_hooks";
import type { PointId } from "../../lib/ids";
import { FRAME_TICK_MS, HEARTBEAT_MS } from "../../lib/protocol";
import { say } from "../../lib/texts/said";
import { changesSince, createRoomFrames, nextTick, type RoomFrames, smoothPace } from "../pipeline/frames";
import type { ResolvedView } from "../pipeline/views";
import type { Cancel, Clock, LiveChange, LivePoint, LiveState } from "../ports";
import { backlog, type ConnectedPage, cut, drained, goodbye, type TelltaleServer } from "./connectedPage";

/**
 * One room for each distinct set of points that someone looks at: its frames are encoded once for all who are in it.
 * Slow readers leave their room and come back with the difference. Rules FR-1 … FR-8, FR-20 … FR-22 of lib/SPEC.md.
 */

/** How often a slow reader is looked at, and how long it may be slow. */
const DRAIN_CHECK_MS = 100;
const TOO_SLOW_MS = 60_000;
/** This part of the sockets behind, and the pace is slowed for all. */
const BACKED_UP_PART = 0.25;

/** Sockets in it hear what concerns everyone; slow ones leave it. */
export const EVERYONE = "everyone";

export interface Room {
  readonly view: ResolvedView;
  readonly frames: RoomFrames;
  readonly pages: Set<ConnectedPage>;
  tickMs: number;
  /** Entries per ms, smoothed; and when the last frame went out, by the monotonic clock. */
  pace: number;
  flushedAt: number;
  ticking: Cancel | undefined;
  /** A flush is due in this turn of the event loop. */
  due: boolean;
}

export interface Rooms {
  enter(page: ConnectedPage, view: ResolvedView): void;
  leave(page: ConnectedPage): void;
  counters(): Record<string, number>;
  start(): void;
  stop(): void;
}

export interface RoomParts {
  io: TelltaleServer;
  live: LiveState;
  clock: Clock;
  /** The reader has caught up and missed what is told to everyone. */
  onRecovered(page: ConnectedPage): void;
}

export function createRooms({ io, live, clock, onRecovered }: RoomParts): Rooms {
  const rooms = new Map<string, Room>();
  const watching = new Map<PointId, Set<Room>>();
  const slow = new Set<ConnectedPage>();
  let seated = 0;
  let drainCheck: Cancel | undefined;
  const counters = { frames: 0, frame_entries: 0, slow: 0, too_slow: 0 };

  function open(view: ResolvedView): Room {
    const frames = createRoomFrames(view.room, live.epoch, view.ids, live.rev, live.get);
    const room: Room = {
      view,
      frames,
      pages: new Set(),
      tickMs: FRAME_TICK_MS,
      pace: 0,
      flushedAt: clock.monotonic(),
      ticking: undefined,
      due: false,
    };
    rooms.set(view.room, room);
    for (const id of view.ids) {
      const set = watching.get(id);
      if (set) set.add(room);
      else watching.set(id, new Set([room]));
    }
    return room;
  }

  function close(room: Room): void {
    room.ticking?.();
    rooms.delete(room.view.room);
    for (const id of room.view.ids) {
      const set = watching.get(id);
      set?.delete(room);
      if (set?.size === 0) watching.delete(id);
    }
  }

  function onUpdate({ info }: LivePoint, change: LiveChange): void {
    const watchers = watching.get(info.id);
    if (!watchers) return;
    for (const room of watchers) {
      room.frames.add(info.id, change);
      // Commands never wait for the tick: someone has just acted.
      if (!room.due && (!room.ticking || change === "command")) {
        room.due = true;
        // In this turn still, but after all that one message says of several points.
        queueMicrotask(() => {
          room.due = false;
          if (rooms.get(room.view.room) === room) flush(room);
        });
      }
    }
  }

  function flush(room: Room): void {
    for (const page of room.pages)
      if (page.stream.state === "seated" && backlog(page.socket) > 0) fallBehind(page, room);
    const frame = room.frames.flush(live.rev, clock.now());
    const entries = frame ? frame.values.length + (frame.commands?.length ?? 0) : 0;
    if (frame) {
      io.to(room.view.room).emit("frame", frame);
      counters.frames++;
      counters.frame_entries += entries;
      const now = clock.monotonic();
      room.pace = smoothPace(room.pace, entries, now - room.flushedAt);
      room.flushedAt = now;
    }
    if (!room.ticking) tickLater(room, entries);
  }

  function tickLater(room: Room, entries: number): void {
    const asked = room.tickMs;
    const at = clock.monotonic() + asked;
    const loop = performance.eventLoopUtilization();
    room.ticking = clock.after(asked, () => {
      room.ticking = undefined;
      room.tickMs = nextTick(asked, {
        lateMs: clock.monotonic() - at,
        utilization: performance.eventLoopUtilization(loop).utilization,
        entries,
        pace: room.pace,
        sockets: room.pages.size,
        backedUp: slow.size > seated * BACKED_UP_PART,
      });
      if (room.frames.pending) flush(room);
    });
  }

  function fallBehind(page: ConnectedPage, room: Room): void {
    // All up to here was handed to the socket and will arrive.
    page.stream = { state: "slow", room, rev: room.frames.rev, since: clock.monotonic() };
    page.socket.leave(room.view.room);
    page.socket.leave(EVERYONE);
    slow.add(page);
    counters.slow++;
    drainCheck ??= clock.every(DRAIN_CHECK_MS, checkSlow);
  }

  function checkSlow(): void {
    for (const page of slow) {
      if (page.stream.state !== "slow") slow.delete(page);
      else if (drained(page.socket)) recover(page, page.stream);
      else if (clock.monotonic() - page.stream.since >= TOO_SLOW_MS) {
        counters.too_slow++;
        goodbye(page.socket, "too-slow", say("reply.tooSlow"));
        cut(page.socket);
      }
    }
    if (slow.size === 0) {
      drainCheck?.();
      drainCheck = undefined;
    }
  }

  function recover(page: ConnectedPage, { room, rev }: { room: Room; rev: number }): void {
    slow.delete(page);
    page.stream = { state: "seated", room };
    const missed = changesSince(room.view.ids, live.get, rev);
    if (missed.values.length > 0)
      page.socket.emit("frame", {
        room: room.view.room,
        epoch: live.epoch,
        prev: rev,
        rev: live.rev,
        now: clock.now(),
        ...missed,
      });
    page.socket.join([room.view.room, EVERYONE]);
    onRecovered(page);
  }

  function leave(page: ConnectedPage): void {
    if (page.stream.state === "nowhere") return;
    const { room } = page.stream;
    // A slow reader that asks for another view is still slow, and still misses what is told to everyone.
    if (slow.delete(page)) page.socket.join(EVERYONE);
    page.stream = { state: "nowhere" };
    page.socket.leave(room.view.room);
    seated--;
    room.pages.delete(page);
    if (room.pages.size === 0) close(room);
  }

  function beat(): void {
    for (const { view, frames } of rooms.values())
      io.to(view.room).emit("heartbeat", { room: view.room, epoch: live.epoch, rev: frames.rev, now: clock.now() });
  }
  let undo: Cancel[] = [];

  return {
    enter(page, view) {
      if (page.stream.state === "seated" && page.stream.room.view.room === view.room) return;
      leave(page);
      const room = rooms.get(view.room) ?? open(view);
      room.pages.add(page);
      seated++;
      page.stream = { state: "seated", room };
      page.socket.join(view.room);
    },
    leave,
    counters: () => ({ ...counters, rooms: rooms.size, seated, slow_now: slow.size }),
    start() {
      undo = [clock.every(HEARTBEAT_MS, beat), live.onUpdate(onUpdate)];
    },
    stop() {
      for (const end of undo) end();
      drainCheck?.();
      for (const room of rooms.values()) room.ticking?.();
      rooms.clear();
      watching.clear();
    },
  };
}
