import type { Clock } from "@/lib/clock";
import type { PointId } from "@/lib/ids";
import type { LiveStore } from "../live/store";
import { pageTimers } from "../live/timers";
import { type Columns, NO_COLUMNS } from "./columns";
import { toBuckets } from "./envelope";
import type { HistoryAnswer, HistoryRequest } from "./history";
import { createLiveReadings } from "./liveReadings";
import type { Overlay, TimeRange } from "./span";
import { withTail } from "./tail";

/**
 * The data of a chart: the server's history of a span, followed by the live readings since. While another span is loading, the old one
 * stays. Without React and without the plot.
 */
export interface Feed {
  /** Sets what to show. It is loaded after a short delay without other calls; the first time, and after a change of points, at once. */
  show(request: FeedRequest): void;
  /** Loads it again, for example after the connection was lost. */
  again(): void;
  get(): FeedState;
  /** Listeners are called at most once a second for live readings, less often for long spans, and at once for everything else. */
  subscribe(listener: () => void): () => void;
  start(): () => void;
}

export interface FeedRequest extends TimeRange {
  points: readonly PointId[];
  /** Pixels. */
  width: number;
  /** A span of the past to compare with, of the same width. */
  before?: Overlay | undefined;
  /** The right edge is now, and moves with the time. */
  moving: boolean;
}

export interface FeedState {
  readonly columns: ReadonlyMap<PointId, Columns>;
  /** The columns of the compared span. */
  readonly before: ReadonlyMap<PointId, Columns>;
  /** The request that the columns answer; undefined until something was loaded. */
  readonly shown: FeedRequest | undefined;
  readonly loading: boolean;
  /** Why the last request failed, in words. */
  readonly problem: string | undefined;
}

/** Resolves to answers in the order of the points. */
export type Load = (
  points: readonly PointId[],
  request: HistoryRequest,
  signal: AbortSignal,
) => Promise<HistoryAnswer[]>;

const SETTLE_MS = 180;
const UPDATE_MS = 1000;
/**
 * In a chart of 24 hours a pixel is a minute and a half: redrawing it each second shows nothing new, and eight such charts kept a page
 * busy. Live readings are drawn each time the chart has moved by a tenth of a pixel, and at least this often.
 */
const UPDATE_MOST_MS = 10_000;
const PIXELS_PER_UPDATE = 0.1;
/** The share that is loaded beyond the visible edges, so that a small move does not show an empty edge. */
const MARGIN = 0.25;
/** When there are this many raw readings per pixel, they are aggregated to buckets, as the server would by now. */
const OUTGROWN = 4;
/** A moving span is loaded again after this share of its width: frames omit readings between two of them. */
const REFRESH = 0.1;
const REFRESH_LEAST_MS = 30_000;

export function createFeed(store: LiveStore, load: Load, timers: Clock = pageTimers): Feed {
  const listeners = new Set<() => void>();
  let state: FeedState = {
    columns: new Map(),
    before: new Map(),
    shown: undefined,
    loading: false,
    problem: undefined,
  };
  let request: FeedRequest | undefined;
  let settling: (() => void) | undefined;
  let updating: (() => void) | undefined;
  let refreshing: (() => void) | undefined;
  let flight: AbortController | undefined;
  let running = false;
  const live = createLiveReadings(store, timers, () => {
    updating ??= timers.after(updateDelay(request), showPending);
  });

  function publish(next: Partial<FeedState>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  function reload(): void {
    settling?.();
    settling = undefined;
    refreshing?.();
    if (!request || !running) return;
    flight?.abort();
    const mine = new AbortController();
    flight = mine;
    publish({ loading: true });
    void fetchAll(request, mine.signal);
  }

  async function fetchAll(wanted: FeedRequest, signal: AbortSignal): Promise<void> {
    live.collect();
    const { points, before } = wanted;
    const width = Math.ceil(wanted.width * (1 + 2 * MARGIN));
    const [now, past] = await Promise.all([
      load(points, { ...wider(wanted), width }, signal),
      before ? load(points, { ...wider(before), width }, signal) : [],
    ]);
    if (signal.aborted) return;
    const failed = [...now, ...past].find((answer) => !answer.ok);
    publish({
      columns: new Map(points.map((point, i) => [point, withPending(point, taken(now[i], state.columns.get(point)))])),
      before: new Map(before ? points.map((point, i) => [point, taken(past[i], undefined)]) : []),
      shown: wanted,
      loading: false,
      problem: failed && !failed.ok ? failed.message : undefined,
    });
    live.clear();
    if (wanted.moving) {
      const after = Math.max(REFRESH_LEAST_MS, (wanted.to - wanted.from) * REFRESH);
      refreshing = timers.after(Math.min(after, 2 ** 31 - 1), reload);
    }
  }

  const withPending = (point: PointId, columns: Columns): Columns =>
    withTail(
      columns,
      live.of(point).filter(({ at }) => isMissing(columns, at)),
    );

  function showPending(): void {
    updating = undefined;
    // The pending answer will include the new readings.
    if (!state.shown || state.loading) return;
    const columns = new Map(state.columns);
    for (const [id, readings] of live.all()) columns.set(id, kept(withTail(columns.get(id) ?? NO_COLUMNS, readings)));
    live.clear();
    publish({ columns });
  }

  /** Aggregates raw readings to buckets when there are too many for the plot. */
  function kept(columns: Columns): Columns {
    if (!request || columns.tier !== "raw" || columns.t.length <= request.width * OUTGROWN) return columns;
    if (columns.value.some((value) => typeof value !== "number" && value !== null)) return columns;
    return toBuckets(columns, Math.max(1000, Math.round((request.to - request.from) / request.width)));
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show(next) {
      const before = request;
      request = next;
      live.know(next.points);
      if (!running || (before && sameRequest(before, next))) return;
      const pointsChanged = before?.points.join() !== next.points.join();
      if (pointsChanged) live.listen(next.points);
      const urgent = !before || pointsChanged || !sameCompare(before, next);
      settling?.();
      settling = undefined;
      if (urgent) reload();
      else settling = timers.after(SETTLE_MS, reload);
    },
    again: reload,
    start() {
      running = true;
      let missed = false;
      const undo = store.onConnection(() => {
        const { state: link } = store.getState().connection;
        if (link === "offline" || link === "silent") missed = true;
        if (link !== "live" || !missed) return;
        missed = false;
        reload();
      });
      if (request) {
        live.listen(request.points);
        reload();
      }
      return () => {
        running = false;
        live.listen([]);
        undo();
        flight?.abort();
        for (const cancel of [settling, updating, refreshing]) cancel?.();
        settling = updating = refreshing = undefined;
      };
    },
  };
}

/**
 * Whether a reading is not in the server's answer. In raw columns a duplicate replaces itself; in a bucket's mean it would count twice.
 */
const isMissing = (columns: Columns, at: number): boolean => columns.tier === "raw" || at > (columns.newest ?? 0);

/** The answer's columns, or the old ones if it failed. */
const taken = (answer: HistoryAnswer | undefined, old: Columns | undefined): Columns =>
  answer?.ok ? answer.value : (old ?? NO_COLUMNS);

function wider({ from, to }: TimeRange): TimeRange {
  const margin = (to - from) * MARGIN;
  return { from: Math.floor(from - margin), to: Math.ceil(to + margin) };
}

/** How long live readings are collected before they are drawn. */
const updateDelay = (request: FeedRequest | undefined): number =>
  request
    ? Math.min(UPDATE_MOST_MS, Math.max(UPDATE_MS, ((request.to - request.from) / request.width) * PIXELS_PER_UPDATE))
    : UPDATE_MS;

/** Moving spans are equal if their widths are. */
function sameRequest(a: FeedRequest, b: FeedRequest): boolean {
  const same =
    a.moving && b.moving
      ? a.to - a.from === b.to - b.from
      : a.moving === b.moving && a.from === b.from && a.to === b.to;
  return same && a.width === b.width && a.points.join() === b.points.join() && sameCompare(a, b);
}

const sameCompare = (a: FeedRequest, b: FeedRequest): boolean =>
  a.before === b.before ||
  (a.before !== undefined &&
    b.before !== undefined &&
    (a.moving || (a.before.from === b.before.from && a.before.to === b.before.to)));
