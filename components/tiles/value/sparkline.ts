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
  /** The area goes on this far below the line's lowest place. */
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

/** A line is never stretched so far that a sensor's noise looks like an event: the height stands for this share of the value at least. */
const CALM = 0.04;
const GAP_MS = 30_000;
/** More than one point a pixel of a small tile cannot be seen. */
const MAX_POINTS = 120;

const round = (n: number): number => Math.round(n * 10) / 10;

/**
 * A line through the readings of the window and the area beneath it, as SVG paths in a box of `width` × `height`.
 * Scaled to the least and greatest value shown; a value that hardly moved runs through the middle.
 * The last reading before the window enters from the left edge, the newest runs on to the right edge: it still holds.
 * Where steady readings stayed away the line breaks: what lay between is not known. A point that speaks only on change holds its
 * value until the next one, so its line has steps.
 * Undefined with fewer than two readings: one dot is no trace.
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
  for (const stretch of every === undefined ? [points] : stretches(points, every)) {
    let path = "";
    for (const [t, v] of stretch)
      path += path ? `${every === undefined ? `H${x(t)}` : ""}L${x(t)} ${y(v)}` : `M${x(t)} ${y(v)}`;
    if (stretch.at(-1) === newest && x(newest[0]) < width) path += `L${width} ${y(newest[1])}`;
    line += path;
    area += `${path}V${height + foot}H${x((stretch[0] as [number, number])[0])}Z`;
  }
  return { line, area, low, high };
}

/** Readings that came about as often as usual: five missed ones, and half a minute, are a gap. */
function stretches(points: [number, number][], every: number): [number, number][][] {
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

/** Keeps the least and the greatest of each slice of time, so that a spike of one reading stays visible. */
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

/** The readings that are numbers: what the device calls unknown leaves no mark on a line. */
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
