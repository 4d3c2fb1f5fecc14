/**
 * The index on the time axis that an arrow key moves to, within the visible range (its first and last index). Without a current index it
 * starts at the edge.
 */
export function nextPlace(
  from: number | null | undefined,
  by: number,
  [first, last]: readonly [number, number],
): number {
  const begin = from ?? (by > 0 ? first - 1 : last + 1);
  return Math.min(last, Math.max(first, begin + by));
}
