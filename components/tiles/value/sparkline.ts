/** Readings as columns, oldest first. Times are epoch milliseconds. */
export interface Series {
  t: readonly number[];
  v: readonly number[];
}

export interface SparklineBox {
  /** The time window, epoch milliseconds. */
  from: number;
  to: number;
  width: number;
  height: number;
  /** How far the area extends below the line's box. */
  foot: number;
  /** The steady interval between readings in ms, where there is one. */
  every?: number | undefined;
}

export interface Sparkline {
  line: string;
  area: string;
  low: number;
  high: number;
}

/** The height covers at least this share of the value, so that a sensor's noise does not look like an event. */
const CALM = 0.04;
const GAP_MS = 30_000;
/** More points could not be distinguished on a small tile. */
const MAX_POINTS = 120;

const round = (n: number): number => Math.round(n * 10) / 10;

/**
 * A line through the readings of the time window and the area below it, as SVG paths in a box of `width` × `height`.
 * It is scaled to the lowest and highest value shown; a value that hardly changed is in the middle.
 * The last reading before the window continues from the left edge, the newest one to the right edge, since it is still valid.
 * Where regular readings are missing, the line has a gap. A point that reports only changes keeps its value until the next one, so its
 * line has steps.
 * Undefined with fewer than two readings.
 */
export function sparkline(
  series: Series,
  { from, to, width, height, foot, every }: SparklineBox,
): Sparkline | undefined {
  const points = thin(within(series, from, to), from, to);
  if (points.length < 2) return undefined;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const [, v] of points) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  const middle = (low + high) / 2;
  const span = Math.max(high - low, Math.abs(middle) * CALM);
  const x = (t: number) => round(((Math.max(t, from) - from) / (to - from)) * width);
  const y = (v: number) => round(span === 0 ? height / 2 : height / 2 - ((v - middle) / span) * height);
  const newest = points.at(-1) as [number, number];
  let line = "";
  let area = "";
  for (const segment of every === undefined ? [points] : segments(points, every)) {
    let path = "";
    for (const [t, v] of segment)
      path += path ? `${every === undefined ? `H${x(t)}` : ""}L${x(t)} ${y(v)}` : `M${x(t)} ${y(v)}`;
    if (segment.at(-1) === newest && x(newest[0]) < width) path += `L${width} ${y(newest[1])}`;
    line += path;
    area += `${path}V${height + foot}H${x((segment[0] as [number, number])[0])}Z`;
  }
  return { line, area, low, high };
}

/** Splits the readings at gaps: five missing readings and at least half a minute. */
function segments(points: [number, number][], every: number): [number, number][][] {
  const gap = Math.max(GAP_MS, every * 5);
  const found: [number, number][][] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    if (point[0] - before > gap) found.push([point]);
    else found.at(-1)?.push(point);
    before = point[0];
  }
  return found;
}

function within({ t, v }: Series, from: number, to: number): [number, number][] {
  let first = t.length;
  while (first > 0 && (t[first - 1] as number) >= from) first--;
  const found: [number, number][] = [];
  for (let i = Math.max(0, first - 1); i < t.length; i++) {
    const at = t[i] as number;
    if (at > to) break;
    found.push([at, v[i] as number]);
  }
  return found;
}

/** Keeps the lowest and the highest reading of each slice of time, so that a single spike stays visible. */
function thin(points: [number, number][], from: number, to: number): [number, number][] {
  if (points.length <= MAX_POINTS) return points;
  const slice = (to - from) / (MAX_POINTS / 2);
  const kept: [number, number][] = [];
  let i = 0;
  while (i < points.length) {
    const index = Math.floor(((points[i] as [number, number])[0] - from) / slice);
    let low = i;
    let high = i;
    let j = i;
    for (; j < points.length && Math.floor(((points[j] as [number, number])[0] - from) / slice) === index; j++) {
      if ((points[j] as [number, number])[1] < (points[low] as [number, number])[1]) low = j;
      if ((points[j] as [number, number])[1] > (points[high] as [number, number])[1]) high = j;
    }
    for (const k of low === high ? [low] : [Math.min(low, high), Math.max(low, high)])
      kept.push(points[k] as [number, number]);
    i = j;
  }
  return kept;
}

/** The readings that are numbers; unknown ones are omitted. */
export function numbersOf({ t, value }: { t: readonly number[]; value: readonly unknown[] }): Series {
  const numbers: { t: number[]; v: number[] } = { t: [], v: [] };
  for (let i = 0; i < t.length; i++) {
    const v = value[i];
    if (typeof v !== "number") continue;
    numbers.t.push(t[i] as number);
    numbers.v.push(v);
  }
  return numbers;
}
