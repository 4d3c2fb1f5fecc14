import { isNameLevel, isUnitLevel } from "./guess";
import type { TopicNode, TopicTree } from "./tree";

/** The tree as the lines that a person sees: what is open, in the order asked for, with the search applied. */

export const ROW_SORTS = ["name", "messages", "rate", "topics"] as const;
export type RowSort = (typeof ROW_SORTS)[number];

export interface RowsQuery {
  /** What the person opened and closed; branches that have but one child open by themselves. */
  opened: ReadonlySet<string>;
  closed: ReadonlySet<string>;
  /** Everything is open that was not closed. */
  all?: boolean;
  sort: RowSort;
  /** Part of a topic, in any case of letters; "" shows all. */
  search: string;
}

export interface VisibleRow {
  readonly node: TopicNode;
  /** undefined: it has nothing below it. */
  readonly open: boolean | undefined;
  /** Index of the row of its parent; -1 for those at the top. */
  readonly parent: number;
  /** Its place among its siblings, from 1, and how many these are. */
  readonly pos: number;
  readonly size: number;
}

const names = new Intl.Collator("en", { numeric: true });
/** `$SYS` and its like speak of the broker itself: behind everything else. */
const rank = (node: TopicNode): number => (node.depth === 1 && node.level.startsWith("$") ? 1 : 0);

function sortedByName(node: TopicNode): readonly TopicNode[] {
  node.sorted ??= [...node.children.values()].sort(
    (a, b) => rank(a) - rank(b) || names.compare(a.level, b.level) || (a.level < b.level ? -1 : 1),
  );
  return node.sorted;
}

/** Opens by itself: a lone chain of levels is one step for a person. What a broker says of itself waits until it is asked for. */
const opensAlone = (node: TopicNode): boolean =>
  node.children.size === 1 && node.own === undefined && !node.path.startsWith("$");

/** All lines in order. Costs a walk over what is open (over everything while searching). */
export function visibleRows(tree: TopicTree, query: RowsQuery, now: number): VisibleRow[] {
  const rows: VisibleRow[] = [];
  const matches = query.search === "" ? undefined : matching(tree.root, query.search.toLowerCase());
  const keys: Record<Exclude<RowSort, "name">, (node: TopicNode) => number> = {
    messages: (node) => node.messages,
    rate: (node) => tree.rate(node, now),
    topics: (node) => node.topics,
  };

  function childrenOf(node: TopicNode): readonly TopicNode[] {
    let children = sortedByName(node);
    if (matches) children = children.filter((child) => matches.has(child));
    if (query.sort === "name") return children;
    const key = keys[query.sort];
    return children
      .map((child) => ({ child, key: key(child) }))
      .sort((a, b) => b.key - a.key)
      .map(({ child }) => child);
  }

  const isOpen = (node: TopicNode): boolean => {
    if (query.closed.has(node.path)) return false;
    // A match below must be seen; what lies below a match opens as ever.
    if (matches?.get(node) === "below") return true;
    return query.all === true || query.opened.has(node.path) || opensAlone(node);
  };

  function add(children: readonly TopicNode[], parent: number): void {
    let pos = 0;
    for (const node of children) {
      pos++;
      const open = node.children.size === 0 ? undefined : isOpen(node);
      rows.push({ node, open, parent, pos, size: children.length });
      if (open) add(childrenOf(node), rows.length - 1);
    }
  }
  add(childrenOf(tree.root), -1);
  return rows;
}

/** Nodes that match, that lie below a match ("self"), or above one ("below"). */
function matching(root: TopicNode, search: string): Map<TopicNode, "self" | "below"> {
  const found = new Map<TopicNode, "self" | "below">();
  const walk = (node: TopicNode, inside: boolean): boolean => {
    const self = inside || node.path.toLowerCase().includes(search);
    let below = false;
    for (const child of node.children.values()) if (walk(child, self)) below = true;
    if (self) found.set(node, "self");
    else if (below) found.set(node, "below");
    return self || below;
  };
  for (const child of root.children.values()) walk(child, false);
  return found;
}

/**
 * Topics that differ from this one in exactly one level, at most `limit` for each level, nearest level last, with those beside each level
 * that say a name; then its unit's.
 */
export function siblingTopics(tree: TopicTree, topic: string, limit = 200): TopicNode[] {
  const levels = topic.split("/");
  const found: TopicNode[] = [];
  let above: TopicNode | undefined = tree.root;
  for (let i = 0; above && i < levels.length; i++) {
    let count = 0;
    for (const [level, start] of above.children) {
      if (level === levels[i]) continue;
      if (i > 0 && i < levels.length - 1 && start.own && isNameLevel(level)) found.push(start);
      if (count >= limit) continue;
      let node: TopicNode | undefined = start;
      for (const below of levels.slice(i + 1)) node = node?.children.get(below);
      if (!node?.own) continue;
      found.push(node);
      count++;
    }
    above = above.children.get(levels[i] as string);
  }
  for (const [level, node] of above?.children ?? [])
    if (node.own && (isUnitLevel(level) || isNameLevel(level))) found.push(node);
  return found;
}
