import type { PointId } from "@/lib/ids";
import { gapBetween, mergeGaps, type RecordingGap } from "@/lib/recordingGap";
import type { PointView } from "../live/store";
import { type Aligned, align, type Cell, type LineData, PER_LINE } from "./align";
import { type Columns, NO_COLUMNS } from "./columns";
import type { FeedState } from "./feed";
import { gapLimit } from "./gaps";
import type { Line } from "./lines";
import type { TimeRange } from "./span";
import { type StateInterval, stateIntervals } from "./states";
import type { Shift } from "./zone";

/** Everything that is drawn for a time range. */
export interface Picture {
  /** Times, then three columns for each number, then one for each number of the compared span. */
  data: [number[], ...Cell[][]];
  /** The longest silence without a gap, for each number; undefined: the point reports only changes, and its line has steps. */
  limits: (number | undefined)[];
  lanes: StateInterval[][];
  /** The number of gaps of each line within the range. */
  gaps: number[];
  /** When readings of any line may be missing because nobody stored them. */
  notRecorded: RecordingGap[];
}

type Points = ReadonlyMap<PointId, PointView>;

export function pictureOf(
  lines: readonly Line[],
  state: FeedState,
  points: Points,
  view: TimeRange,
  now: number,
): Picture {
  const numbers = lines.filter((line) => line.kind === "number");
  const states = lines.filter((line) => line.kind === "state");
  const present = numbers.map((line) => dataOf(line, state.columns, points, now));
  const past = state.shown?.before;
  const before = past ? numbers.map((line) => pastOf(line, state.before, points, past.shifts)) : [];
  const lanes = states.map((line) => laneOf(line, state.columns, points, view, now));
  const aligned = align([...present, ...before]);
  return {
    data: dataWith(aligned, numbers.length, lanes, view),
    limits: present.map(({ limit }) => limit),
    lanes,
    gaps: present.map((line) => gapsIn(line, view)),
    notRecorded: notRecordedIn(lines, state.columns),
  };
}

/** The recording gaps of all lines. */
export const notRecordedIn = (lines: readonly Line[], columns: FeedState["columns"]): RecordingGap[] =>
  mergeGaps(lines.flatMap(({ point: { id } }) => columns.get(id)?.gaps ?? []));

/** The first reading of each line; undefined if there are readings before the span, or none at all. */
export const firstsOf = ({ columns }: FeedState, lines: readonly Line[]): (number | undefined)[] =>
  lines.map(({ point: { id } }) => {
    const known = columns.get(id);
    return known && !known.before ? known.t[0] : undefined;
  });

const everyOf = (point: PointView | undefined): number | undefined => point?.status.every;

/** Adds the page's current value as the reading before the span, if history has none. */
function reachingIn(columns: Columns, point: PointView | undefined): Columns {
  if (columns.before || !point || point.at === null || point.at >= (columns.t[0] ?? Number.POSITIVE_INFINITY))
    return columns;
  return { ...columns, before: { t: point.at, value: point.value } };
}

/** Until when the newest value is known to be valid. */
function knownUntil(point: PointView | undefined, now: number): number | undefined {
  if (!point || point.at === null) return undefined;
  const { freshness, since } = point.status;
  return freshness === "live" ? now : freshness === "offline" ? Math.max(point.at, since) : point.at;
}

function dataOf({ point: { id } }: Line, all: FeedState["columns"], points: Points, now: number): LineData {
  const point = points.get(id);
  const columns = reachingIn(all.get(id) ?? NO_COLUMNS, point);
  return { columns, limit: gapLimit(columns, everyOf(point)), knownUntil: knownUntil(point, now) };
}

function pastOf({ point: { id } }: Line, all: FeedState["before"], points: Points, shifts: readonly Shift[]): LineData {
  const columns = all.get(id) ?? NO_COLUMNS;
  return { columns, limit: gapLimit(columns, everyOf(points.get(id))), shifts };
}

function laneOf(
  { point: { id } }: Line,
  all: FeedState["columns"],
  points: Points,
  view: TimeRange,
  now: number,
): StateInterval[] {
  const point = points.get(id);
  const columns = reachingIn(all.get(id) ?? NO_COLUMNS, point);
  // For states the server returns only changes, so a long time between two of them is not a gap.
  return stateIntervals(columns, { ...view, knownUntil: knownUntil(point, now) ?? view.from, now, limit: undefined });
}

/**
 * The compared span is drawn without an envelope. If there are only lanes, their changes are the time axis, so that the crosshair can move
 * from one to the next.
 */
function dataWith(
  { t, columns }: Aligned,
  numbers: number,
  lanes: StateInterval[][],
  view: TimeRange,
): Picture["data"] {
  const kept = columns.filter((_, i) => i < numbers * PER_LINE || i % PER_LINE === PER_LINE - 1);
  if (t.length > 0 || lanes.length === 0) return [t, ...kept];
  const changes = new Set<number>([view.from, view.to]);
  for (const lane of lanes) for (const { from } of lane) changes.add(from);
  const times = [...changes].sort((a, b) => a - b);
  return [times, ...kept.map(() => new Array<Cell>(times.length).fill(undefined))];
}

function gapsIn({ columns: { t, gaps: notRecorded = [] }, limit }: LineData, { from, to }: TimeRange): number {
  if (limit === undefined && notRecorded.length === 0) return 0;
  let gaps = 0;
  for (let i = 1; i < t.length; i++) {
    const [a, b] = [t[i - 1] as number, t[i] as number];
    const silent = limit !== undefined && b - a > limit;
    if ((silent || gapBetween(notRecorded, a, b)) && b > from && a < to) gaps++;
  }
  return gaps;
}
