/**
 * Many filters, one topic: answers the values of every filter that matches, in time proportional to the topic's levels and not to
 * the number of filters. Same rules as `filterMatches` (MQTT 5 §4.7). Levels come from outside, so nodes are Maps: a level named
 * `__proto__` is only a level.
 */
export interface TopicTrie<V> {
  /** The same value may stand under several filters, and a filter may hold several values. */
  add(filter: string, value: V): void;
  /** True when it was there. */
  remove(filter: string, value: V): boolean;
  /** Each value once for each of its filters that match; in no promised order. */
  match(topic: string): V[];
  /** How many (filter, value) pairs it holds. */
  readonly size: number;
}

interface Node<V> {
  children: Map<string, Node<V>> | undefined;
  /** The child under "+". */
  plus: Node<V> | undefined;
  /** Values of filters that end here, and of filters that end with "#" behind this node. */
  values: Set<V> | undefined;
  rest: Set<V> | undefined;
}

const newNode = <V>(): Node<V> => ({ children: undefined, plus: undefined, values: undefined, rest: undefined });
const isEmpty = (node: Node<unknown>): boolean =>
  !node.children?.size && !node.plus && !node.values?.size && !node.rest?.size;

export function createTrie<V>(): TopicTrie<V> {
  const root = newNode<V>();
  let size = 0;

  function child(node: Node<V>, level: string): Node<V> {
    if (level === "+") {
      node.plus ??= newNode();
      return node.plus;
    }
    node.children ??= new Map();
    let next = node.children.get(level);
    if (!next) {
      next = newNode();
      node.children.set(level, next);
    }
    return next;
  }

  /** Removes the value and, on the way back, every node that nothing hangs on any more: filters come and go for months. */
  function removeAt(node: Node<V>, levels: string[], depth: number, value: V): boolean {
    const level = levels[depth];
    if (level === undefined) return node.values?.delete(value) ?? false;
    if (level === "#") return node.rest?.delete(value) ?? false;
    const next = level === "+" ? node.plus : node.children?.get(level);
    if (!next || !removeAt(next, levels, depth + 1, value)) return false;
    if (isEmpty(next)) {
      if (level === "+") node.plus = undefined;
      else node.children?.delete(level);
    }
    return true;
  }

  function collect(node: Node<V>, levels: string[], depth: number, wildcards: boolean, found: V[]): void {
    // "a/#" also matches "a" [§4.7.1.2], so the rest counts at the last level too.
    if (wildcards && node.rest) for (const value of node.rest) found.push(value);
    const level = levels[depth];
    if (level === undefined) {
      if (node.values) for (const value of node.values) found.push(value);
      return;
    }
    const exact = node.children?.get(level);
    if (exact) collect(exact, levels, depth + 1, true, found);
    if (wildcards && node.plus) collect(node.plus, levels, depth + 1, true, found);
  }

  return {
    add(filter, value) {
      const levels = filter.split("/");
      let node = root;
      for (const level of levels) if (level !== "#") node = child(node, level);
      const end = levels.at(-1) === "#" ? "rest" : "values";
      const set = node[end] ?? new Set();
      node[end] = set;
      if (!set.has(value)) size++;
      set.add(value);
    },
    remove(filter, value) {
      const removed = removeAt(root, filter.split("/"), 0, value);
      if (removed) size--;
      return removed;
    },
    match(topic) {
      const found: V[] = [];
      // A wildcard in the first level does not match a topic that starts with "$" [MQTT-4.7.2-1].
      collect(root, topic.split("/"), 0, !topic.startsWith("$"), found);
      return found;
    },
    get size() {
      return size;
    },
  };
}
