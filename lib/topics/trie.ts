/**
 * Finds the values of all filters that match a topic, in time proportional to the topic's levels, not to the number of filters. The
 * rules are those of `filterMatches` (MQTT 5 §4.7). Nodes are Maps, since levels come from outside and may be named `__proto__`.
 */
export interface TopicTrie<V> {
  /** A value may be added under several filters, and a filter may have several values. */
  add(filter: string, value: V): void;
  /** True when it was there. */
  remove(filter: string, value: V): boolean;
  /** Each value once for each of its filters that match, in no particular order. */
  match(topic: string): V[];
  /** How many (filter, value) pairs it holds. */
  readonly size: number;
}

interface Node<V> {
  children: Map<string, Node<V>> | undefined;
  /** The child under "+". */
  plus: Node<V> | undefined;
  /** Values of filters that end at this node. */
  values: Set<V> | undefined;
  /** Values of filters that end with "#" after this node. */
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

  /** Removes the value and every node that is empty then: filters come and go for months. */
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
