/**
 * The place on the axis that an arrow key goes to, within what is seen (its first and last place). Without a place to begin at it comes in
 * from the edge.
 */
export function nextPlace(
  from: number | null | undefined,
  by: number,
  [first, last]: readonly [number, number],
): number {
  const begin = from ?? (by > 0 ? first - 1 : last + 1);
  return Math.min(last, Math.max(first, begin + by));
}
