import type { Place } from "@/lib/decoders/location/notation";
import { t } from "@/lib/texts/t";

/** A position in Web Mercator (EPSG:3857): the world is a square of side 1 with north up, which ends at ±85°. */
export interface XY {
  x: number;
  y: number;
}

/** The centre of the map, and the width of the world in pixels. */
export interface View extends XY {
  scale: number;
}

const EDGE = 85.0511;
const EARTH_M = 40_075_016.686;
const RADIUS_M = 6_371_008.8;
const rad = (degrees: number): number => (degrees * Math.PI) / 180;

export function project({ lat, lon }: Pick<Place, "lat" | "lon">): XY {
  const bounded = Math.max(-EDGE, Math.min(EDGE, lat));
  return { x: (lon + 180) / 360, y: (1 - Math.asinh(Math.tan(rad(bounded))) / Math.PI) / 2 };
}

export const latitudeOf = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
export const longitudeOf = (x: number): number => x * 360 - 180;

/** Metres per pixel at the centre of the view. */
export const metresPerPixel = ({ y, scale }: View): number => (EARTH_M * Math.cos(rad(latitudeOf(y)))) / scale;

const MIN_SCALE = 256;
const MAX_SCALE = 256 * 2 ** 22;
const bounded = (scale: number): number => Math.max(MIN_SCALE, Math.min(MAX_SCALE, scale));

/** The smallest extent, so that the noise of a resting thing does not look like a journey. */
const LEAST_M = 40;

/** A view of all places. */
export function fitted(places: readonly XY[], width: number, height: number): View {
  const xs = places.map(({ x }) => x);
  const ys = places.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const room = 0.7;
  const least = LEAST_M / (EARTH_M * Math.cos(rad(latitudeOf(middle.y))));
  const scale = Math.min(
    (width * room) / Math.max(right - left, least),
    (height * room) / Math.max(bottom - top, least),
  );
  return { ...middle, scale: bounded(scale) };
}

/** Zooms around a pixel, which keeps its position. */
export function zoomed(view: View, factor: number, at: XY, width: number, height: number): View {
  const scale = bounded(view.scale * factor);
  const dx = (at.x - width / 2) * (1 / view.scale - 1 / scale);
  const dy = (at.y - height / 2) * (1 / view.scale - 1 / scale);
  return kept({ x: view.x + dx, y: view.y + dy, scale });
}

export const panned = (view: View, dx: number, dy: number): View =>
  kept({ ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale });

const kept = ({ x, y, scale }: View): View => ({
  x: Math.max(0, Math.min(1, x)),
  y: Math.max(0, Math.min(1, y)),
  scale,
});

export const toPixel = ({ x, y }: XY, view: View, width: number, height: number): XY => ({
  x: (x - view.x) * view.scale + width / 2,
  y: (y - view.y) * view.scale + height / 2,
});

const ROUND = [1, 2, 5];

/** A scale bar of the longest round length that fits. */
export function scaleBar(metres: number, most: number): { pixels: number; text: string } {
  const room = metres * most;
  const power = 10 ** Math.floor(Math.log10(room));
  const length = Math.max(...ROUND.map((n) => n * power).filter((n) => n <= room), power);
  const text =
    length >= 1000
      ? t("tiles.kilometres", { length: length / 1000 })
      : length >= 1
        ? `${length} m`
        : t("tiles.centimetres", { length: Math.round(length * 100) });
  return { pixels: length / metres, text };
}

export interface GridLine {
  /** Pixels from the left or the top. */
  at: number;
  text: string;
}

const STEPS = [
  30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 5e-4, 2e-4, 1e-4, 5e-5, 2e-5, 1e-5,
];
const APART = 70;
const MOST_LINES = 40;

/** Meridians and parallels, far enough apart for their labels. */
export function graticule(view: View, width: number, height: number): { meridians: GridLine[]; parallels: GridLine[] } {
  const step = STEPS.findLast((one) => (one / 360) * view.scale >= APART) ?? 30;
  const digits = Math.max(0, Math.ceil(-Math.log10(step)));
  const left = longitudeOf(view.x - width / 2 / view.scale);
  const right = longitudeOf(view.x + width / 2 / view.scale);
  const north = latitudeOf(view.y - height / 2 / view.scale);
  const south = latitudeOf(view.y + height / 2 / view.scale);
  const lines = (from: number, to: number, place: (degrees: number) => number, say: (degrees: number) => string) => {
    const all: GridLine[] = [];
    for (let i = Math.ceil(from / step); i * step <= to && all.length < MOST_LINES; i++)
      all.push({ at: place(i * step), text: say(i * step) });
    return all;
  };
  return {
    meridians: lines(
      Math.max(-180, left),
      Math.min(180, right),
      (lon) => toPixel(project({ lat: 0, lon }), view, width, height).x,
      (lon) => degrees(lon, "E", "W", digits),
    ),
    parallels: lines(
      Math.max(-EDGE, south),
      Math.min(EDGE, north),
      (lat) => toPixel(project({ lat, lon: 0 }), view, width, height).y,
      (lat) => degrees(lat, "N", "S", digits),
    ),
  };
}

const degrees = (value: number, plus: string, minus: string, digits: number): string =>
  `${Math.abs(value).toFixed(digits)}° ${value < 0 ? minus : plus}`;

/** Five decimals are about a metre. */
export const placeText = ({ lat, lon }: Place): string => `${degrees(lat, "N", "S", 5)}, ${degrees(lon, "E", "W", 5)}`;

export const accuracyText = ({ accuracy }: Place): string | undefined =>
  accuracy === undefined
    ? undefined
    : `± ${accuracy >= 1000 ? t("tiles.accuracyKilometres", { accuracy: (accuracy / 1000).toFixed(1) }) : `${Math.round(accuracy)} m`}`;

/** The length of a path in metres (haversine). */
export function lengthOf(way: readonly Place[]): number {
  let sum = 0;
  for (let i = 1; i < way.length; i++) {
    const [a, b] = [way[i - 1] as Place, way[i] as Place];
    const h =
      Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
      Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2;
    sum += 2 * RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
  }
  return sum;
}
