import type uPlot from "uplot";
import { bands } from "@/lib/bands";
import type { RecordingGap } from "@/lib/recordingGap";
import type { Threshold } from "@/lib/thresholds";
import type { StateInterval } from "./states";
import { MIXED } from "./states";
import type { Theme } from "./theme";

const LANE = 34;
/** The height of a lane if the chart has only states. */
const TALL_LANE = 60;
const HEAD = 15;

/** The height of one lane, and the height left for numbers, in CSS pixels. */
export function lanesIn(height: number, lanes: number, numbers: number): { lane: number; free: number } {
  const lane = numbers > 0 ? LANE : Math.min(TALL_LANE, height / Math.max(1, lanes));
  return { lane, free: numbers > 0 ? height - lanes * lane : 0 };
}

/** Draws thresholds as translucent bands across the plot. */
export function drawThresholds(
  u: uPlot,
  scale: string,
  thresholds: readonly Threshold[] | undefined,
  theme: Theme,
  lanes: number,
): void {
  const { min, max } = u.scales[scale] ?? {};
  if (min == null || max == null || !thresholds?.length) return;
  within(u, (ctx) => {
    const { left, top, width, height } = u.bbox;
    const foot = top + height - lanes * LANE * dpr(u);
    ctx.globalAlpha = 0.13;
    for (const band of bands(thresholds, [min, max])) {
      const [a, b] = [band.from, band.to].map((share) => u.valToPos(min + share * (max - min), scale, true));
      const y = Math.min(foot, b as number);
      ctx.fillStyle = band.level === "critical" ? theme.crit : theme.warn;
      ctx.fillRect(left, y, width, Math.min(foot, a as number) - y);
    }
  });
}

const HATCH = 8;

/** Draws what was not recorded as a hatched band over the whole height: its shape says it, not its colour alone. */
export function drawNotRecorded(u: uPlot, gaps: readonly RecordingGap[], theme: Theme): void {
  if (gaps.length === 0) return;
  const ratio = dpr(u);
  within(u, (ctx) => {
    const { left, top, width, height } = u.bbox;
    ctx.strokeStyle = theme.unknown;
    ctx.lineWidth = ratio;
    ctx.globalAlpha = 0.45;
    for (const { from, to } of gaps) {
      const a = Math.max(left, u.valToPos(from, "x", true));
      const b = Math.min(left + width, u.valToPos(to, "x", true));
      if (b < left || a > left + width) continue;
      ctx.save();
      ctx.beginPath();
      // A gap of a second in a chart of a day is still to be seen.
      ctx.rect(a, top, Math.max(2 * ratio, b - a), height);
      ctx.clip();
      ctx.beginPath();
      for (let x = a - height; x < Math.max(b, a + 2 * ratio); x += HATCH * ratio) {
        ctx.moveTo(x, top + height);
        ctx.lineTo(x + height, top);
      }
      ctx.stroke();
      ctx.restore();
    }
  });
}

export interface Lane {
  label: string;
  intervals: readonly StateInterval[];
  colour: string;
  write(value: StateInterval["value"]): string;
}

/**
 * Draws state lanes, at the lower edge of the plot, or at the upper one if there are no numbers. On is filled, off is a thin bar, a text is
 * written into its interval, and unknown is a dotted line.
 */
export function drawLanes(u: uPlot, lanes: readonly Lane[], numbers: number, theme: Theme): void {
  if (lanes.length === 0) return;
  const ratio = dpr(u);
  within(u, (ctx) => {
    const { left, top, width, height } = u.bbox;
    const { lane: each, free } = lanesIn(height / ratio, lanes.length, numbers);
    ctx.textAlign = "left";
    lanes.forEach((lane, i) => {
      const head = top + (free + i * each) * ratio;
      const y = head + HEAD * ratio;
      const h = (each - HEAD - 4) * ratio;
      ctx.font = scaled("11px", theme.font, ratio);
      ctx.textBaseline = "alphabetic";
      ctx.fillStyle = theme.ink2;
      ctx.fillText(lane.label, left + 2 * ratio, head + 11 * ratio, width);
      for (const { from, to, value } of lane.intervals) {
        const a = Math.max(left, u.valToPos(from, "x", true));
        const b = Math.min(left + width, u.valToPos(to, "x", true));
        const w = Math.max(ratio, b - a);
        drawInterval(ctx, { x: a, y, w, h, ratio }, value, lane, theme);
      }
    });
  });
}

interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
  ratio: number;
}

function drawInterval(
  ctx: CanvasRenderingContext2D,
  box: Box,
  value: StateInterval["value"],
  lane: Lane,
  theme: Theme,
): void {
  const { x, y, w, h, ratio } = box;
  if (value === undefined || value === null) {
    ctx.setLineDash([2 * ratio, 4 * ratio]);
    ctx.strokeStyle = theme.unknown;
    ctx.lineWidth = ratio;
    ctx.beginPath();
    ctx.moveTo(x, y + h / 2);
    ctx.lineTo(x + w, y + h / 2);
    ctx.stroke();
    ctx.setLineDash([]);
    return;
  }
  ctx.fillStyle = lane.colour;
  if (value === false) {
    ctx.globalAlpha = 0.55;
    ctx.fillRect(x, y + h - 3 * ratio, w, 3 * ratio);
  } else {
    ctx.globalAlpha = value === MIXED ? 0.45 : typeof value === "string" ? 0.18 : 0.85;
    ctx.fillRect(x, y, w, h);
  }
  ctx.globalAlpha = 1;
  if (typeof value !== "string") return;
  // The border between two texts.
  ctx.fillRect(x, y, ratio, h);
  if (w < 24 * ratio) return;
  ctx.fillStyle = theme.ink2;
  ctx.fillText(cut(ctx, lane.write(value), w - 10 * ratio), x + 5 * ratio, y + h / 2 + 4 * ratio);
}

/** Shortens a text to the width. */
function cut(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  let length = Math.min(text.length, 60);
  while (length > 0 && ctx.measureText(`${text.slice(0, length)}…`).width > width) length--;
  return length > 0 ? `${text.slice(0, length)}…` : "";
}

export interface Mark {
  at: number;
  /** `done`: the device confirmed it; `open`: not confirmed; `refused`: it was never sent. */
  outcome: "done" | "open" | "refused";
}

/** Draws commands as marks at the upper edge: a filled flag was confirmed, a hollow one was not, a cross was never sent. */
export function drawMarks(u: uPlot, marks: readonly Mark[], theme: Theme): void {
  if (marks.length === 0) return;
  const ratio = dpr(u);
  within(u, (ctx) => {
    const { left, top, width, height } = u.bbox;
    ctx.strokeStyle = ctx.fillStyle = theme.accent;
    ctx.lineWidth = 1.5 * ratio;
    const size = 5 * ratio;
    for (const { at, outcome } of marks) {
      const x = u.valToPos(at, "x", true);
      if (x < left || x > left + width) continue;
      const y = top + size;
      ctx.setLineDash([2 * ratio, 3 * ratio]);
      ctx.globalAlpha = 0.6;
      ctx.beginPath();
      ctx.moveTo(x, y + size);
      ctx.lineTo(x, top + height);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.globalAlpha = 1;
      ctx.beginPath();
      if (outcome === "refused") {
        ctx.moveTo(x - size, y - size);
        ctx.lineTo(x + size, y + size);
        ctx.moveTo(x + size, y - size);
        ctx.lineTo(x - size, y + size);
        ctx.stroke();
        continue;
      }
      ctx.moveTo(x - size, y - size);
      ctx.lineTo(x + size, y - size);
      ctx.lineTo(x, y + size);
      ctx.closePath();
      if (outcome === "done") ctx.fill();
      ctx.stroke();
    }
  });
}

const dpr = (u: uPlot): number => u.ctx.canvas.width / u.width;

const scaled = (size: string, font: string, ratio: number): string =>
  font.replace(/^\S+/, `${Number.parseFloat(size) * ratio}px`);

function within(u: uPlot, draw: (ctx: CanvasRenderingContext2D) => void): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(ctx);
  ctx.restore();
}
