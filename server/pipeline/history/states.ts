import type { Value } from "../../../lib/reading";

/** Readings of one point, oldest first. */
export interface ReadingColumns {
  t: number[];
  value: Value[];
}

/** Changes only; of more than `width` of them the first and the last of each stretch, so that what a chart shows was so. */
export function thinStates({ t, value }: ReadingColumns, from: number, to: number, width: number): ReadingColumns {
  const changes: number[] = [];
  for (let i = 0; i < t.length; i++) if (i === 0 || value[i] !== value[i - 1]) changes.push(i);
  const kept = changes.length <= width ? changes : [];
  if (changes.length > width) {
    const stretch = Math.ceil((to - from) / Math.floor(width / 2));
    const of = (i: number | undefined) => (i === undefined ? -1 : Math.floor(((t[i] as number) - from) / stretch));
    for (const [k, i] of changes.entries())
      if (of(i) !== of(changes[k - 1]) || of(i) !== of(changes[k + 1])) kept.push(i);
  }
  return { t: kept.map((i) => t[i] as number), value: kept.map((i) => value[i] as Value) };
}
