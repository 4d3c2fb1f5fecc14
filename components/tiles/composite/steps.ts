import type { Scale } from "../controls/scale";

/** The next value for − or +, on the scale's steps, so that the server accepts it. Undefined at the end of the scale. */
export function stepped(from: number | undefined, { min, max, step }: Scale, by: -1 | 1): number | undefined {
  if (from === undefined) return by > 0 ? min : max;
  const size = step === "any" ? 1 : step;
  // A small tolerance for binary fractions: without it 0.1 + 0.2 would skip a step.
  const at = (from - min) / size;
  const next = min + (by > 0 ? Math.floor(at + 1e-6) + 1 : Math.ceil(at - 1e-6) - 1) * size;
  const legal = Math.min(max, Math.max(min, Number(next.toFixed(6))));
  return legal === from ? undefined : legal;
}
