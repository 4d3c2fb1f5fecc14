import type { ReadingColumns } from "../../pipeline/history/states";
import type { HistoryPage } from "../../ports";

/**
 * A page of at most `limit` readings, out of one reading more than that which were read from `after` on, or from the start. Of the millisecond `after`
 * the first `taken` were on the pages before.
 */
export function pageOf(
  { t, value }: ReadingColumns,
  { limit, taken, after }: { limit: number; taken: number; after: number | undefined },
): HistoryPage {
  const page = { t: t.slice(taken, taken + limit), value: value.slice(taken, taken + limit) };
  const last = page.t.at(-1);
  if (t.length <= taken + limit || last === undefined) return page;
  return { ...page, next: { t: last, taken: page.t.length - page.t.indexOf(last) + (last === after ? taken : 0) } };
}
