/**
 * Every topic that a broker lets us see, as a tree: what was said last, how often, and how much lies below each branch. Bounded: of
 * topics beyond the cap the one least recently heard is forgotten, and counted. Time comes in as a value (ms). Rules XP-1 … XP-6.
 */

/** A topic's newest message. */
export interface OwnValue {
  /** Its first bytes, a copy: messages of the client share the memory of whole packets. */
  head: Uint8Array;
  /** Of the whole payload. */
  bytes: number;
  at: number;
  /** Messages on this very topic. */
  count: number;
  /** The broker keeps a message for it, as far as was seen. */
  retained: boolean;
}

export interface TopicNode {
  readonly level: string;
  /** The topic up to here. */
  readonly path: string;
  readonly parent: TopicNode | undefined;
  /** 0 is the root, which stands for no level. */
  readonly depth: number;
  readonly children: Map<string, TopicNode>;
  /** Children in the order of their names; undefined: to be sorted anew. */
  sorted: readonly TopicNode[] | undefined;
  /** Topics with a message of their own, here and below. */
  topics: number;
  /** Messages here and below since the tree began. */
  messages: number;
  /** Decaying rate as of `rateAt`, a second. */
  rate: number;
  rateAt: number;
  own: OwnValue | undefined;
  /** Neighbours in the order of hearing, for topics with a message. */
  older: TopicNode | undefined;
  newer: TopicNode | undefined;
}

export interface TreeLimits {
  topics: number;
  /** Branches count too: a topic may have 128 levels. */
  nodes: number;
  /** Characters of all topics together. */
  chars: number;
  /** Payload bytes kept of each topic, and of all together; beyond that only what a row shows. */
  head: number;
  heads: number;
}

export const TREE_LIMITS: TreeLimits = {
  topics: 100_000,
  nodes: 300_000,
  chars: 16_000_000,
  head: 1024,
  heads: 32 * 1024 * 1024,
};

/** Enough for the one line of a row. */
const SHORT_HEAD = 64;
/** Deeper than any device; lib/topics/parse says the same. */
const MAX_LEVELS = 128;
/** The time over which a rate is averaged, ms. */
const RATE_TAU = 5000;

export interface TopicTree {
  readonly root: TopicNode;
  /** Grows with every change of the set of nodes. */
  readonly shape: number;
  readonly counters: { messages: number; forgotten: number; refused: number };
  readonly topics: number;
  readonly nodes: number;
  hear(topic: string, payload: Uint8Array, retained: boolean, at: number): void;
  /** Something was said on this very topic. */
  knows(topic: string): boolean;
  /** The topic's or the branch's node. */
  find(path: string): TopicNode | undefined;
  /** Messages a second here and below, lately. What the broker kept and repeats to us on subscribing does not count. */
  rate(node: TopicNode, now: number): number;
}

const newNode = (level: string, path: string, parent: TopicNode | undefined, at: number): TopicNode => ({
  level,
  path,
  parent,
  depth: parent ? parent.depth + 1 : 0,
  children: new Map(),
  sorted: undefined,
  topics: 0,
  messages: 0,
  rate: 0,
  rateAt: at,
  own: undefined,
  older: undefined,
  newer: undefined,
});

export function createTopicTree(startedAt: number, limits: TreeLimits = TREE_LIMITS): TopicTree {
  const root = newNode("", "", undefined, startedAt);
  const known = new Map<string, TopicNode>();
  const counters = { messages: 0, forgotten: 0, refused: 0 };
  let oldest: TopicNode | undefined;
  let newest: TopicNode | undefined;
  let nodes = 0;
  let chars = 0;
  let heads = 0;
  let shape = 0;

  function unlink(node: TopicNode): void {
    if (node.older) node.older.newer = node.newer;
    else if (oldest === node) oldest = node.newer;
    if (node.newer) node.newer.older = node.older;
    else if (newest === node) newest = node.older;
    node.older = undefined;
    node.newer = undefined;
  }

  function touch(node: TopicNode): void {
    if (newest === node) return;
    unlink(node);
    node.older = newest;
    if (newest) newest.newer = node;
    else oldest = node;
    newest = node;
  }

  function insert(topic: string, levels: readonly string[], at: number): TopicNode {
    let node = root;
    let end = -1;
    for (const level of levels) {
      end += level.length + 1;
      let child = node.children.get(level);
      if (!child) {
        child = newNode(level, topic.slice(0, end), node, at);
        node.children.set(level, child);
        node.sorted = undefined;
        nodes++;
      }
      node = child;
    }
    shape++;
    chars += topic.length;
    known.set(topic, node);
    for (let up: TopicNode | undefined = node; up; up = up.parent) up.topics++;
    return node;
  }

  function forget(node: TopicNode): void {
    unlink(node);
    known.delete(node.path);
    chars -= node.path.length;
    heads -= node.own?.head.length ?? 0;
    node.own = undefined;
    for (let up: TopicNode | undefined = node; up; up = up.parent) up.topics--;
    for (let at = node; at.parent && at.children.size === 0 && !at.own; at = at.parent) {
      at.parent.children.delete(at.level);
      at.parent.sorted = undefined;
      nodes--;
    }
    counters.forgotten++;
    shape++;
  }

  function keep(own: OwnValue, payload: Uint8Array): void {
    const room = heads < limits.heads ? limits.head : SHORT_HEAD;
    const size = Math.min(payload.length, room);
    // The same length again, as sensors have it: no new memory.
    if (own.head.length === size) own.head.set(size === payload.length ? payload : payload.subarray(0, size));
    else {
      heads += size - own.head.length;
      own.head = new Uint8Array(payload.subarray(0, size));
    }
    own.bytes = payload.length;
  }

  const decayed = (node: TopicNode, now: number): number =>
    now <= node.rateAt ? node.rate : node.rate * Math.exp((node.rateAt - now) / RATE_TAU);

  return {
    root,
    counters,
    get shape() {
      return shape;
    },
    get topics() {
      return known.size;
    },
    get nodes() {
      return nodes;
    },
    hear(topic, payload, retained, at) {
      counters.messages++;
      let node = known.get(topic);
      if (!node) {
        const levels = topic.split("/");
        if (levels.length > MAX_LEVELS) {
          counters.refused++;
          return;
        }
        node = insert(topic, levels, at);
        node.own = { head: new Uint8Array(0), bytes: 0, at, count: 0, retained: false };
      }
      const own = node.own as OwnValue;
      const replayed = retained && own.count === 0;
      keep(own, payload);
      own.at = at;
      own.count++;
      // An empty payload is how a kept message is taken off the broker [MQTT-3.3.1-6]; any other leaves what is kept.
      if (payload.length === 0) own.retained = false;
      else if (retained) own.retained = true;
      for (let up: TopicNode | undefined = node; up; up = up.parent) {
        up.messages++;
        if (replayed) continue;
        up.rate = decayed(up, at) + 1000 / RATE_TAU;
        up.rateAt = at;
      }
      touch(node);
      while (known.size > limits.topics || nodes > limits.nodes || chars > limits.chars) {
        if (!oldest || oldest === node) break;
        forget(oldest);
      }
    },
    knows: (topic) => known.has(topic),
    find(path) {
      const direct = known.get(path);
      if (direct) return direct;
      let node: TopicNode | undefined = root;
      for (const level of path.split("/")) node = node?.children.get(level);
      return node;
    },
    rate(node, now) {
      // An average that began at nothing is too low at first: divided by the part of the window that has been seen.
      const seen = 1 - Math.exp(-Math.max(1000, now - startedAt) / RATE_TAU);
      return decayed(node, now) / seen;
    },
  };
}
