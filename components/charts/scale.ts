import type { Threshold } from "@/lib/thresholds";
import type { AxesMode } from "./axes";

/** A scale covers at least this share of the value, so that a sensor's noise does not look like an event. */
const CALM = 0.01;
const PAD = 0.08;
/** A threshold is included in the scale if that extends it by at most this share. */
const REACH = 0.4;

/** The ends of an axis for the visible values. Nearby thresholds are included; far ones would flatten the lines. */
export function valueRange(
  least: number | null,
  greatest: number | null,
  thresholds: readonly Threshold[] | undefined,
): [number, number] {
  if (least === null || greatest === null) return [0, 1];
  const middle = (least + greatest) / 2;
  const height = Math.max(greatest - least, Math.abs(middle) * CALM, 1e-9);
  let low = Math.min(least, middle - height / 2);
  let high = Math.max(greatest, middle + height / 2);
  for (const { above, below } of thresholds ?? []) {
    if (above !== undefined && above > high && above - high <= height * REACH) high = above;
    if (below !== undefined && below < low && low - below <= height * REACH) low = below;
  }
  const pad = (high - low) * PAD;
  // Values that are never negative need no room below zero.
  return [low >= 0 && low - pad < 0 ? Math.min(0, low) : low - pad, high + pad];
}

/** The scale of each line, by index. Lines of the same scale can be compared by height. */
export function scalesOf(lines: readonly { unit?: string | undefined; id: string }[], mode: AxesMode): string[] {
  const key = {
    shared: () => "",
    unit: (line: { unit?: string | undefined }) => line.unit ?? "",
    own: (line: { id: string }) => line.id,
  }[mode];
  const seen: string[] = [];
  return lines.map((line) => {
    const k = key(line as { unit?: string; id: string });
    if (!seen.includes(k)) seen.push(k);
    return `y${seen.indexOf(k)}`;
  });
}

const MOST_DIGITS = 8;

/** The decimals that ticks at this distance need: with fewer, a label would not match its position. */
export function digitsFor(step: number): number {
  if (!(step > 0) || !Number.isFinite(step)) return 0;
  for (let digits = 0; digits < MOST_DIGITS; digits++) {
    const scaled = step * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return digits;
  }
  return MOST_DIGITS;
}
