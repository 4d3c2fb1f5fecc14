import uPlot from "uplot";
import { t } from "@/lib/texts/t";
import { formatValue } from "@/lib/units/format";
import { PER_LINE } from "./align";
import { lanesIn } from "./draw";
import type { Line } from "./lines";
import { digitsFor, valueRange } from "./scale";
import { dashOf, type Theme } from "./theme";
import { tickText, timeTicks } from "./ticks";

export interface PlotSetup {
  lines: readonly Line[];
  compared: boolean;
  theme: Theme;
  width: number;
  height: number;
  locale: string;
  zone: string;
  zoomable: boolean;
  /** Whether the line of a number has steps; it may change with new readings. */
  stepped(number: number): boolean;
  /** The right edge is now. */
  moving(): boolean;
  hooks: uPlot.Hooks.Arrays;
}

const X_AXIS = 26;
const TOP = 8;
/** CSS pixels between two ticks of the time axis, and before the word "now". */
const MARK_ROOM = 60;
const NOW_ROOM = 46;

const linear = uPlot.paths.linear?.();
const steps = uPlot.paths.stepped?.({ align: 1 });

const faint = (colour: string, alpha: number): string =>
  colour.includes(",")
    ? colour.replace("rgb(", "rgba(").replace(")", `, ${alpha})`)
    : colour.replace(")", ` / ${alpha})`);

/** uPlot's options for a chart. `seriesOf` in ./series has the order of the series. */
export function plotOptions(setup: PlotSetup): uPlot.Options {
  const { lines, theme, width, height, compared, zoomable, hooks } = setup;
  const numbers = lines.filter((line) => line.kind === "number");
  const lanes = lines.length - numbers.length;
  const scales = [...new Set(numbers.map((line) => line.scale))];
  const floors = new Map<string, number>();
  const path =
    (number: number): uPlot.Series.PathBuilder =>
    (u, series, from, to) =>
      (setup.stepped(number) ? steps : linear)?.(u, series, from, to) ?? null;
  const present = numbers.flatMap(({ slot, scale }, i): uPlot.Series[] => {
    const stroke = theme.lines[slot];
    // The extremes have lines of their own: for a spike of a single bucket the band alone would be too thin to see.
    const edge = { scale, stroke: faint(stroke ?? theme.ink2, 0.5), width: 1, points: { show: false }, paths: path(i) };
    return [
      edge,
      { ...edge },
      { scale, stroke, width: 1.7, dash: dashOf(slot), paths: path(i), points: { size: 5, fill: stroke, width: 0 } },
    ];
  });
  const past = numbers.map(
    ({ slot, scale }, i): uPlot.Series => ({
      scale,
      stroke: faint(theme.lines[slot] ?? theme.ink2, 0.55),
      width: 1.4,
      dash: [3, 4],
      paths: path(i),
      points: { show: false },
    }),
  );
  const range =
    (scale: string): uPlot.Range.Function =>
    (u, least, greatest) => {
      const thresholds = numbers.find((line) => line.scale === scale)?.point.thresholds;
      const [low, high] = valueRange(least, greatest, thresholds);
      floors.set(scale, low);
      const height = u.height - X_AXIS - TOP;
      const { free } = lanesIn(height, lanes, numbers.length);
      return [low - ((high - low) * (height - free)) / Math.max(40, free), high];
    };
  return {
    width,
    height,
    ms: 1,
    padding: [TOP, scales.length > 1 ? 0 : 24, 0, scales.length > 0 ? 0 : 10],
    legend: { show: false },
    cursor: {
      y: false,
      points: { size: (_u, i) => (isMean(i, numbers.length) ? 8 : 0) },
      drag: { x: zoomable, y: false, setScale: false, dist: 4 },
    },
    scales: {
      x: { time: true, auto: false, range: (_u, min, max) => [min, max] },
      ...Object.fromEntries(scales.map((scale) => [scale, { auto: true, range: range(scale) }])),
    },
    axes: [
      timeAxis(setup),
      ...scales.slice(0, 2).map((scale, i) => valueAxis(setup, scale, i, scales.length > 1, floors)),
    ],
    series: [{}, ...present, ...(compared ? past : [])],
    bands: numbers.map(({ slot }, i) => ({
      series: [1 + i * PER_LINE, 2 + i * PER_LINE],
      fill: faint(theme.lines[slot] ?? theme.ink2, 0.18),
    })),
    hooks,
  };
}

const isMean = (series: number, numbers: number): boolean => series <= numbers * PER_LINE && series % PER_LINE === 0;

function timeAxis({ theme, locale, zone, moving }: PlotSetup): uPlot.Axis {
  let step = 0;
  return {
    stroke: theme.ink2,
    font: theme.font,
    size: X_AXIS,
    gap: 6,
    grid: { show: false },
    ticks: { show: false },
    splits(u, _axis, from, to) {
      const width = Math.max(1, u.bbox.width / pixelRatio(u));
      const ticks = timeTicks(from, to, Math.max(2, Math.floor(width / MARK_ROOM)), zone);
      step = ticks.step;
      const free = to - ((to - from) * NOW_ROOM) / width;
      return moving() ? [...ticks.t.filter((at) => at < free), to] : ticks.t;
    },
    values: (_u, splits) =>
      splits.map((at, i) => (moving() && i === splits.length - 1 ? t("kit.now") : tickText(at, step, locale, zone))),
  };
}

function valueAxis(
  { theme, locale, lines }: PlotSetup,
  scale: string,
  index: number,
  several: boolean,
  floors: ReadonlyMap<string, number>,
): uPlot.Axis {
  const own = lines.filter((line) => line.scale === scale);
  const stroke = several && own.length === 1 ? theme.lines[own[0]?.slot ?? 0] : theme.ink2;
  return {
    scale,
    side: index === 0 ? 3 : 1,
    stroke,
    font: theme.font,
    size: (_u, values) => 18 + Math.max(2, ...(values ?? []).map((text) => text?.length ?? 0)) * 7,
    gap: 6,
    space: 44,
    grid: { show: index === 0, stroke: theme.line, width: 1 },
    ticks: { show: false },
    splits(_u, _axis, low, high, incr) {
      const splits: number[] = [];
      const from = Math.max(low, floors.get(scale) ?? low);
      for (let i = Math.ceil(from / incr - 1e-9); i * incr <= high + 1e-9 * incr && splits.length < 50; i++)
        splits.push(i * incr);
      return splits;
    },
    values: (_u, splits, _axis, _space, incr) =>
      splits.map((value) => formatValue(value, { type: "number", precision: digitsFor(incr), locale }).text),
  };
}

const pixelRatio = (u: uPlot): number => (u.width > 0 ? u.ctx.canvas.width / u.width : 1);
