import type { Clock } from "@/lib/clock";
import type { PointId } from "@/lib/ids";
import type { LiveStore, PointView } from "../live/store";
import { pageTimers } from "../live/timers";
import { type Columns, NO_COLUMNS } from "./columns";
import { toBuckets } from "./envelope";
import type { HistoryAnswer, HistoryAsk } from "./history";
import type { Overlay, Stretch } from "./span";
import { type TailReading, withTail } from "./tail";

/**
 * What a chart's lines are made of: the server's history of a span, with what came live since behind it. While another span is on its
 * way the picture of the old one stays. No React and no plot in it.
 */
export interface Feed {
  /** Shows this from now on. Asked for when nothing else was asked for a moment; the first time, and after a change of points, at once. */
  show(wish: Wish): void;
  /** Asks again for what is shown: after a time out of touch. */
  again(): void;
  get(): FeedState;
  /** Columns changed by what came live are told at most once a second, over long spans less often; everything else at once. */
  subscribe(listener: () => void): () => void;
  start(): () => void;
}

export interface Wish extends Stretch {
  points: readonly PointId[];
  /** Pixels. */
  width: number;
  /** A span of the past to be laid beneath, same width. */
  before?: Overlay | undefined;
  /** The right edge is now, and moves. */
  moving: boolean;
}

export interface FeedState {
  readonly columns: ReadonlyMap<PointId, Columns>;
  /** Of `wish.before`. */
  readonly before: ReadonlyMap<PointId, Columns>;
  /** What the columns were asked for; undefined: nothing has come yet. */
  readonly shown: Wish | undefined;
  readonly loading: boolean;
  /** Why the newest request gave nothing, for people. */
  readonly problem: string | undefined;
}

/** The answers are in the order of the points. */
export type Load = (points: readonly PointId[], ask: HistoryAsk, signal: AbortSignal) => Promise<HistoryAnswer[]>;

const SETTLE_MS = 180;
const TELL_MS = 1000;
/**
 * In a chart of 24 hours a pixel is a minute and a half: redrawing it with every second's readings shows nothing new, and eight such
 * charts kept a page busy. What comes live is drawn as often as the picture moves by a tenth of a pixel, at least so often.
 */
const TELL_MOST_MS = 10_000;
const PIXELS_A_TELL = 0.1;
/** More than is seen, so that a small move shows lines and not an empty edge. */
const MARGIN = 0.25;
/** A tail of raw readings that outgrows the plot by this becomes buckets, as the server would answer by now. */
const OUTGROWN = 4;
/** After so much of its width has passed, a moving span is asked for anew: frames leave out what came between two of them. */
const REFRESH = 0.1;
const REFRESH_LEAST_MS = 30_000;
/** History is on disk within a second. */
const UNWRITTEN_MS = 1500;

interface Heard extends TailReading {
  /** By the page's clock. */
  heard: number;
}

export function createFeed(store: LiveStore, load: Load, timers: Clock = pageTimers): Feed {
  const listeners = new Set<() => void>();
  const pending = new Map<PointId, Heard[]>();
  /** Said within the last moments: the server may not have them on disk yet when it answers. */
  const fresh = new Map<PointId, Heard[]>();
  const seen = new Map<PointId, PointView>();
  let state: FeedState = {
    columns: new Map(),
    before: new Map(),
    shown: undefined,
    loading: false,
    problem: undefined,
  };
  let wish: Wish | undefined;
  let settling: (() => void) | undefined;
  let telling: (() => void) | undefined;
  let refreshing: (() => void) | undefined;
  let flight: AbortController | undefined;
  let running = false;

  function publish(next: Partial<FeedState>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  function ask(): void {
    settling?.();
    settling = undefined;
    refreshing?.();
    if (!wish || !running) return;
    flight?.abort();
    const mine = new AbortController();
    flight = mine;
    publish({ loading: true });
    void fetchAll(wish, mine.signal);
  }

  async function fetchAll(wanted: Wish, signal: AbortSignal): Promise<void> {
    // What comes from here on, and what just came, may be missing in the answer, or be in it: `missing` tells.
    pending.clear();
    const since = timers.monotonic() - UNWRITTEN_MS;
    for (const [id, readings] of fresh)
      pending.set(
        id,
        readings.filter(({ heard }) => heard > since),
      );
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
    pending.clear();
    if (wanted.moving) {
      const after = Math.max(REFRESH_LEAST_MS, (wanted.to - wanted.from) * REFRESH);
      refreshing = timers.after(Math.min(after, 2 ** 31 - 1), ask);
    }
  }

  const withPending = (point: PointId, columns: Columns): Columns =>
    withTail(
      columns,
      (pending.get(point) ?? []).filter(({ at }) => isMissing(columns, at)),
    );

  function take(): void {
    const { points } = store.getState();
    for (const id of wish?.points ?? []) {
      const point = points.get(id);
      const before = seen.get(id);
      if (!point || point === before) continue;
      seen.set(id, point);
      // A value met on subscribing was not said now.
      if (!before || point.at === null || point.status.retained || before.at === point.at) continue;
      const reading = { at: point.at, value: point.value, heard: timers.monotonic() };
      pending.set(id, [...(pending.get(id) ?? []), reading]);
      fresh.set(id, [...(fresh.get(id) ?? []).filter(({ heard }) => heard > reading.heard - UNWRITTEN_MS), reading]);
      telling ??= timers.after(tellMs(wish), tell);
    }
  }

  function tell(): void {
    telling = undefined;
    // The answer that is on its way takes the tail with it.
    if (!state.shown || state.loading) return;
    const columns = new Map(state.columns);
    for (const [id, readings] of pending) columns.set(id, kept(withTail(columns.get(id) ?? NO_COLUMNS, readings)));
    pending.clear();
    publish({ columns });
  }

  /** What became too much for the plot becomes buckets. */
  function kept(columns: Columns): Columns {
    if (!wish || columns.tier !== "raw" || columns.t.length <= wish.width * OUTGROWN) return columns;
    if (columns.value.some((value) => typeof value !== "number" && value !== null)) return columns;
    return toBuckets(columns, Math.max(1000, Math.round((wish.to - wish.from) / wish.width)));
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show(next) {
      const before = wish;
      wish = next;
      for (const id of next.points) {
        const point = store.getState().points.get(id);
        if (point && !seen.has(id)) seen.set(id, point);
      }
      if (!running || (before && sameWish(before, next))) return;
      const urgent = !before || before.points.join() !== next.points.join() || !sameCompare(before, next);
      settling?.();
      settling = undefined;
      if (urgent) ask();
      else settling = timers.after(SETTLE_MS, ask);
    },
    again: ask,
    start() {
      running = true;
      let missed = false;
      const undo = store.subscribe((now) => {
        take();
        const { state: link } = now.connection;
        if (link === "offline" || link === "silent") missed = true;
        if (link !== "live" || !missed) return;
        missed = false;
        ask();
      });
      if (wish) ask();
      return () => {
        running = false;
        undo();
        flight?.abort();
        for (const cancel of [settling, telling, refreshing]) cancel?.();
        settling = telling = refreshing = undefined;
      };
    },
  };
}

/**
 * Whether a reading came after the server's answer. In raw columns it would replace itself; in a bucket's mean it would count twice.
 */
const isMissing = (columns: Columns, at: number): boolean => columns.tier === "raw" || at > (columns.newest ?? 0);

/** What failed leaves what was there. */
const taken = (answer: HistoryAnswer | undefined, old: Columns | undefined): Columns =>
  answer?.ok ? answer.value : (old ?? NO_COLUMNS);

function wider({ from, to }: Stretch): Stretch {
  const margin = (to - from) * MARGIN;
  return { from: Math.floor(from - margin), to: Math.ceil(to + margin) };
}

/** How long what came live waits for company before it is drawn. */
const tellMs = (wish: Wish | undefined): number =>
  wish ? Math.min(TELL_MOST_MS, Math.max(TELL_MS, ((wish.to - wish.from) / wish.width) * PIXELS_A_TELL)) : TELL_MS;

/** A moving span is the same span a moment later. */
function sameWish(a: Wish, b: Wish): boolean {
  const same =
    a.moving && b.moving
      ? a.to - a.from === b.to - b.from
      : a.moving === b.moving && a.from === b.from && a.to === b.to;
  return same && a.width === b.width && a.points.join() === b.points.join() && sameCompare(a, b);
}

const sameCompare = (a: Wish, b: Wish): boolean =>
  a.before === b.before ||
  (a.before !== undefined &&
    b.before !== undefined &&
    (a.moving || (a.before.from === b.before.from && a.before.to === b.before.to)));
