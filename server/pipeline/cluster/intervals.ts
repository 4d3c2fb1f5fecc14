/** From `from` up to `to`, without `to`; epoch ms. */
export interface Interval {
  from: number;
  to: number;
}

/** The parts of `of` that lie in none of the others, in order. */
export function without(of: Interval, others: readonly Interval[]): Interval[] {
  let left = of.to > of.from ? [{ from: of.from, to: of.to }] : [];
  for (const { from, to } of others)
    left = left.flatMap((part) =>
      to <= part.from || from >= part.to || to <= from
        ? [part]
        : [
            { from: part.from, to: from },
            { from: to, to: part.to },
          ].filter((piece) => piece.to > piece.from),
    );
  return left;
}

/** What of them lies at or behind `since`. */
export const partsSince = (intervals: readonly Interval[], since: number): Interval[] =>
  intervals.map(({ from, to }) => ({ from: Math.max(from, since), to })).filter(({ from, to }) => to > from);
