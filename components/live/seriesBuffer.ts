import type { Clock } from "@/lib/clock";
import type { PointId } from "@/lib/ids";
import type { RecentSeries, Reply } from "@/lib/protocol";
import type { Value } from "@/lib/reading";
import type { LiveSocket } from "./socket";
import type { LiveStore, PointView } from "./store";
import { pageTimers } from "./timers";

/** Readings of the last minutes, oldest first, as columns of equal length. Immutable. */
export interface Series {
  readonly t: readonly number[];
  readonly value: readonly Value[];
}

export interface SeriesBuffers {
  /** The first listener loads the past from the server; live readings are appended. */
  subscribe(point: PointId, listener: () => void): () => void;
  get(point: PointId): Series;
  stop(): void;
}

export const SERIES_MS = 10 * 60_000;
const MAX_READINGS = 600;
/** Requests of tiles that mount together are sent together. */
const GATHER_MS = 50;
const MAX_ASKED = 500;
/** How often listeners are called: a line of the last minutes need not be redrawn more often. */
const TELL_MS = 1000;
/** A buffer without listeners is kept this long: a trace that is scrolled back into view need not be loaded again. */
const IDLE_MS = 30_000;
export const NO_SERIES: Series = { t: [], value: [] };

interface Buffer {
  series: Series;
  readonly t: number[];
  readonly value: Value[];
  readonly listeners: Set<() => void>;
  seen: PointView | undefined;
  changed: boolean;
  /** Since when it has no listeners (epoch ms); undefined while it has some. */
  idleSince: number | undefined;
  end(): void;
}

export function createSeriesBuffers(socket: LiveSocket, store: LiveStore, timers: Clock = pageTimers): SeriesBuffers {
  const buffers = new Map<PointId, Buffer>();
  const wanted = new Set<PointId>();
  let gathering: (() => void) | undefined;
  let undo: (() => void)[] = [];

  function want(points: Iterable<PointId>): void {
    for (const id of points) wanted.add(id);
    gathering ??= timers.after(GATHER_MS, () => {
      gathering = undefined;
      ask();
    });
  }

  function ask(): void {
    if (!socket.connected) return;
    const points = [...wanted].slice(0, MAX_ASKED);
    if (points.length === 0) return;
    for (const id of points) wanted.delete(id);
    socket
      .timeout(10_000)
      .emit("series:recent", { points, ms: SERIES_MS }, (error: Error | null, reply?: Reply<RecentSeries>) => {
        if (!error && reply?.ok) for (const id of points) fill(id, reply.value[id]);
      });
    if (wanted.size > 0) want([]);
  }

  /** Puts the past from the server before the readings that arrived since. */
  function fill(id: PointId, past: RecentSeries[string] | undefined): void {
    const buffer = buffers.get(id);
    if (!buffer || !past) return;
    const newest = past.t.at(-1) ?? Number.NEGATIVE_INFINITY;
    const from = buffer.t.findIndex((t) => t > newest);
    const t = from === -1 ? [] : buffer.t.slice(from);
    const value = from === -1 ? [] : buffer.value.slice(from);
    replace(buffer.t, past.t.concat(t));
    replace(buffer.value, past.value.concat(value));
    trim(buffer);
    publish(buffer);
  }

  function take(buffer: Buffer, point: PointView | undefined): void {
    if (!point || point === buffer.seen) return;
    const before = buffer.seen;
    buffer.seen = point;
    // A retained value has an unknown age.
    if (point.at === null || point.status.retained || (before && before.at === point.at)) return;
    if (point.at <= (buffer.t.at(-1) ?? Number.NEGATIVE_INFINITY)) return;
    buffer.t.push(point.at);
    buffer.value.push(point.value);
    trim(buffer);
    buffer.changed = true;
  }

  function drop(id: PointId, buffer: Buffer): void {
    buffer.end();
    buffers.delete(id);
    wanted.delete(id);
    if (buffers.size > 0) return;
    gathering?.();
    gathering = undefined;
    for (const end of undo) end();
  }

  function start(): void {
    const again = (): void => want(buffers.keys());
    socket.on("connect", again);
    undo = [
      () => void socket.off("connect", again),
      timers.every(TELL_MS, () => {
        const now = timers.monotonic();
        for (const [id, buffer] of buffers)
          if (buffer.idleSince !== undefined && now - buffer.idleSince >= IDLE_MS) drop(id, buffer);
          else if (buffer.changed) publish(buffer);
      }),
    ];
  }

  function open(point: PointId): Buffer {
    const buffer: Buffer = {
      series: NO_SERIES,
      t: [],
      value: [],
      listeners: new Set(),
      seen: undefined,
      changed: false,
      idleSince: undefined,
      end: store.onPoint(point, () => take(buffer, store.getState().points.get(point))),
    };
    buffers.set(point, buffer);
    want([point]);
    take(buffer, store.getState().points.get(point));
    return buffer;
  }

  return {
    get: (point) => buffers.get(point)?.series ?? NO_SERIES,
    subscribe(point, listener) {
      if (buffers.size === 0) start();
      const buffer = buffers.get(point) ?? open(point);
      buffer.idleSince = undefined;
      buffer.listeners.add(listener);
      return () => {
        buffer.listeners.delete(listener);
        if (buffer.listeners.size === 0) buffer.idleSince = timers.monotonic();
      };
    },
    stop() {
      for (const [id, buffer] of [...buffers]) drop(id, buffer);
    },
  };
}

function trim({ t, value }: Buffer): void {
  const oldest = (t.at(-1) ?? 0) - SERIES_MS;
  let drop = Math.max(0, t.length - MAX_READINGS);
  while (drop < t.length && (t[drop] as number) < oldest) drop++;
  if (drop > 0) {
    t.splice(0, drop);
    value.splice(0, drop);
  }
}

function publish(buffer: Buffer): void {
  buffer.changed = false;
  buffer.series = { t: [...buffer.t], value: [...buffer.value] };
  for (const listener of buffer.listeners) listener();
}

function replace<T>(target: T[], source: readonly T[]): void {
  target.length = 0;
  for (const item of source) target.push(item);
}
