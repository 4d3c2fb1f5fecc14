import type { Slot } from "../../lib/compiled";
import type { PointStatus } from "../../lib/reading";
import { type Said, type SaidText, say } from "../../lib/texts/said";

/**
 * How long a point may be silent before its value is old. Nobody tells: `auto` learns it from the pace of the readings.
 * Rules LV-10 … LV-19 of lib/SPEC.md. All times are the server's receive times in epoch ms.
 */

/** Silence shorter than this never makes a value stale by itself: a network may hold a message back that long. */
const LEAST_SILENCE_MS = 10_000;
const MISSED = 3;
/** Readings closer together than this count as one beat: bursts and fast talkers would else look unsteady. */
const BEAT_MS = 1000;
/** Below this a difference is no unsteadiness: it may be the edge of a beat, and silence is counted in tens of seconds. */
const JITTER_MS = 1200;
const KEPT = 12;
const LEAST_INTERVALS = 5;
/**
 * A burst is not a rhythm: a lamp that is dimmed reports every quarter of a second, until the hand leaves it. So many beats, spread over
 * so long, are a pace; either is enough.
 */
const ENOUGH: readonly { beats: number; span: number }[] = [
  { beats: 10, span: 600_000 },
  { beats: 30, span: 60_000 },
];
/** One lost message must not make a steady talker look unsteady, but two in few may be chance. */
const FORGIVE_FROM = 8;
const SHORTEST = 0.6;
const LONGEST = 1.5;

/** What is known of a point's pace. Owned by its point, changed in place: it is touched by every reading. */
export interface Cadence {
  /** Start of the newest beat; undefined: none yet, or the silence since then was ours. */
  beatAt: number | undefined;
  /** Readings in the newest beat. */
  burst: number;
  /** The last intervals between beats, and the readings that they held, as a ring; of the latter none while each was one. */
  intervals: number[];
  bursts: number[];
  next: number;
  /** How many beats have been regular in a row, and over how long. */
  beats: number;
  span: number;
  /** The interval between beats, once they are a pace; renewed with every beat. */
  steady: number | undefined;
}

/** A pace as it is remembered over a restart: the interval between beats, and how many readings a beat holds. */
export interface Pace {
  readonly every: number;
  readonly readings: number;
}

const [LONGEST_PROOF] = ENOUGH as [{ beats: number; span: number }];

/** Shared by all points without a beat, and never changed. */
const NONE: number[] = [];

/** An array that grows by itself takes room for 17 at once, and nearly every point of many has fewer beats. */
const withAt = (ring: number[], index: number, value: number): number[] => {
  if (index >= ring.length) return ring.concat(value);
  ring[index] = value;
  return ring;
};

function noteBurst(cadence: Cadence): void {
  if (cadence.burst === 1 && cadence.bursts.length === 0) return;
  if (cadence.bursts.length < cadence.intervals.length)
    cadence.bursts = cadence.intervals.map((_, i) => cadence.bursts[i] ?? 1);
  cadence.bursts[cadence.next] = cadence.burst;
}

/** How many readings a beat holds, on average. */
const readingsOf = ({ bursts }: Cadence): number =>
  bursts.length === 0 ? 1 : bursts.reduce((sum, n) => sum + n, 0) / bursts.length;

export function newCadence(pace?: Pace): Cadence {
  const known = pace ? FORGIVE_FROM : 0;
  return {
    beatAt: undefined,
    burst: 0,
    intervals: pace ? Array<number>(known).fill(pace.every) : NONE,
    bursts: pace ? Array<number>(known).fill(pace.readings) : NONE,
    next: known,
    beats: pace ? LONGEST_PROOF.beats : 0,
    span: pace ? LONGEST_PROOF.span : 0,
    steady: pace?.every,
  };
}

export function paceOf(cadence: Cadence): Pace | undefined {
  const { steady } = cadence;
  return steady === undefined ? undefined : { every: steady, readings: readingsOf(cadence) };
}

/** Takes note of a fresh reading. */
export function beat(cadence: Cadence, at: number): void {
  const { beatAt } = cadence;
  if (beatAt === undefined || at < beatAt) {
    cadence.beatAt = at;
    cadence.burst = 1;
    return;
  }
  if (at - beatAt < BEAT_MS) {
    cadence.burst++;
    return;
  }
  const interval = at - beatAt;
  cadence.intervals = withAt(cadence.intervals, cadence.next, interval);
  noteBurst(cadence);
  cadence.next = (cadence.next + 1) % KEPT;
  cadence.beatAt = at;
  cadence.burst = 1;
  const regular = regularBeat(cadence.intervals);
  // Before a pace is proven, a silence that it would not survive begins another burst.
  if (regular !== undefined && cadence.steady === undefined && interval > silenceOf(regular)) {
    cadence.intervals = NONE;
    cadence.bursts = NONE;
    cadence.next = 0;
  }
  if (regular === undefined || cadence.intervals.length === 0) {
    cadence.beats = 0;
    cadence.span = 0;
  } else if (cadence.beats === 0) {
    cadence.beats = cadence.intervals.length + 1;
    cadence.span = sumOf(cadence.intervals);
  } else {
    cadence.beats++;
    cadence.span += interval;
  }
  cadence.steady = ENOUGH.some(({ beats, span }) => cadence.beats >= beats && cadence.span >= span)
    ? regular
    : undefined;
}

const silenceOf = (beat: number): number => Math.max(LEAST_SILENCE_MS, MISSED * beat);

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);

/** The broker was away: the gap until the next reading says nothing of the device. */
export function pause(cadence: Cadence): void {
  cadence.beatAt = undefined;
}

/** The interval between beats where the last of them are regular. */
function regularBeat(intervals: readonly number[]): number | undefined {
  if (intervals.length < LEAST_INTERVALS) return undefined;
  const sorted = [...intervals].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] as number;
  const odd = sorted.filter(
    (x) => Math.abs(x - median) > JITTER_MS && (x < median * SHORTEST || x > median * LONGEST),
  ).length;
  return odd <= (sorted.length >= FORGIVE_FROM ? 1 : 0) ? median : undefined;
}

/** The steady interval between readings in ms, once known; for people to see. */
export function readingInterval(cadence: Cadence): number | undefined {
  if (cadence.steady === undefined) return undefined;
  return Math.round(cadence.steady / readingsOf(cadence));
}

/** How long silence may last, in ms; undefined: for ever. */
export function silenceLimit(staleAfter: Slot["staleAfter"], cadence: Cadence): number | undefined {
  if (staleAfter === "never") return undefined;
  if (staleAfter !== "auto") return staleAfter;
  return cadence.steady === undefined ? undefined : silenceOf(cadence.steady);
}

/** What is known of a point at a moment; `judge` says how far its value can be trusted. */
export interface Evidence {
  staleAfter: Slot["staleAfter"];
  cadence: Cadence;
  /** The broker's word when it is not connected. */
  broker: { since: number; reason: Said } | undefined;
  /** The availability topic's word when it says offline. */
  device: { since: number; reason: Said } | undefined;
  /**
   * Where the value comes from: nowhere yet; from history, before this run; retained, of unknown age; or a reading.
   * `heardAt`: when silence began to count.
   */
  source:
    | { kind: "none"; since: number; reason?: Said }
    | { kind: "remembered"; since: number }
    | { kind: "retained"; heardAt: number }
    | { kind: "reading"; heardAt: number };
}

type Judgement = Pick<PointStatus, "freshness" | "since" | "reason">;
type Rule = (evidence: Evidence, now: number) => Judgement | undefined;

const NOTHING_YET = say("status.nothingYet");
const BEFORE_RESTART = say("status.beforeRestart");
const RETAINED = say("status.retained");

/** From the worst to the best; the first that applies counts. */
const RULES: readonly Rule[] = [
  ({ broker }) => broker && { freshness: "offline", ...broker },
  ({ device }) => device && { freshness: "offline", ...device },
  ({ source }) =>
    source.kind === "none"
      ? { freshness: "unknown", since: source.since, reason: source.reason ?? NOTHING_YET }
      : undefined,
  ({ source }) =>
    source.kind === "remembered" ? { freshness: "stale", since: source.since, reason: BEFORE_RESTART } : undefined,
  ({ source, staleAfter }) =>
    source.kind === "retained" && typeof staleAfter === "number"
      ? { freshness: "stale", since: source.heardAt, reason: RETAINED }
      : undefined,
  ({ source, staleAfter, cadence }, now) => {
    if (source.kind !== "reading" && source.kind !== "retained") return undefined;
    const limit = silenceLimit(staleAfter, cadence);
    if (limit === undefined || now - source.heardAt < limit) return undefined;
    return {
      freshness: "stale",
      since: source.heardAt + limit,
      reason: silentFor(limit),
    };
  },
];

/** How far the point can be trusted at `now`. Rules LV-10 … LV-19. */
export function judge(evidence: Evidence, now: number): Judgement {
  for (const rule of RULES) {
    const judgement = rule(evidence, now);
    if (judgement) return judgement;
  }
  const { source } = evidence;
  return { freshness: "live", since: "heardAt" in source ? source.heardAt : now };
}

const silentFor = (ms: number): SaidText =>
  ms < 120_000
    ? say("status.silentSeconds", { n: Math.round(ms / 1000) })
    : say("status.silentMinutes", { n: Math.round(ms / 60_000) });
