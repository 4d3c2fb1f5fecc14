import type { Threshold } from "@/lib/thresholds";

/** A scale is never so narrow that a sensor's last digit looks like an event: it spans this share of the value at least. */
const CALM = 0.01;
const PAD = 0.08;
/** A threshold is brought into the picture when that makes the picture at most so much higher. */
const REACH = 0.4;

/** The least and greatest value on an axis, for the values that are seen. Nearby thresholds come into the picture; far ones would flatten it. */
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
  // What never is below zero does not need room there.
  return [low >= 0 && low - pad < 0 ? Math.min(0, low) : low - pad, high + pad];
}

const AXES = ["unit", "shared", "own"] as const;
/** `unit`: points of one unit share an axis. */
export type AxesMode = (typeof AXES)[number];

/** The scale of each line by index, for up to eight lines. Lines of one scale can be compared by height. */
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

/** Digits behind the decimal point that marks of this distance need: with fewer, the text of a mark would not be its place. */
export function digitsFor(step: number): number {
  if (!(step > 0) || !Number.isFinite(step)) return 0;
  for (let digits = 0; digits < MOST_DIGITS; digits++) {
    const scaled = step * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return digits;
  }
  return MOST_DIGITS;
}
