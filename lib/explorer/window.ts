import { rowText } from "./payload";
import type { VisibleRow } from "./rows";
import type { TopicTree } from "./tree";
import type { ExplorerChange, ExplorerRow } from "./wire";

/** Rates are told in steps that a person can see, so that a slowly fading one is not news all the time. */
const shownRate = (rate: number): number =>
  rate < 0.05 ? 0 : rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate);

/** The rows from `from` on, at most `count`, as they are sent. */
export function windowRows(
  tree: TopicTree,
  order: readonly VisibleRow[],
  from: number,
  count: number,
  now: number,
): ExplorerRow[] {
  return order.slice(from, from + count).map(({ node, open, parent, pos, size }) => ({
    path: node.path,
    level: node.level,
    depth: node.depth,
    ...(open !== undefined && { open }),
    parent,
    pos,
    size,
    topics: node.topics,
    messages: node.messages,
    rate: shownRate(tree.rate(node, now)),
    ...(node.own && {
      own: {
        text: rowText(node.own.head, node.own.bytes),
        bytes: node.own.bytes,
        at: node.own.at,
        retained: node.own.retained,
      },
    }),
  }));
}

const samePlace = (a: ExplorerRow, b: ExplorerRow): boolean =>
  a.path === b.path && a.open === b.open && a.parent === b.parent && a.pos === b.pos && a.size === b.size;

/** What changed since these rows were sent; undefined when they are no longer the same rows. */
export function rowChanges(
  before: readonly ExplorerRow[],
  after: readonly ExplorerRow[],
): ExplorerChange[] | undefined {
  if (before.length !== after.length) return undefined;
  const changes: ExplorerChange[] = [];
  for (const [i, row] of after.entries()) {
    const old = before[i] as ExplorerRow;
    if (!samePlace(old, row)) return undefined;
    const changed =
      old.messages !== row.messages ||
      old.rate !== row.rate ||
      old.topics !== row.topics ||
      old.own?.retained !== row.own?.retained;
    if (changed) changes.push([i, row.topics, row.messages, row.rate, row.own ?? null]);
  }
  return changes;
}

/** The page's side of it: rows that did not change keep their reference. */
export function applyChanges(rows: readonly ExplorerRow[], changes: readonly ExplorerChange[]): readonly ExplorerRow[] {
  if (changes.length === 0) return rows;
  const next = [...rows];
  for (const [i, topics, messages, rate, own] of changes) {
    const row = next[i];
    if (!row) continue;
    const { own: _, ...place } = row;
    next[i] = { ...place, topics, messages, rate, ...(own && { own }) };
  }
  return next;
}
