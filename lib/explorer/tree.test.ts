import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RowsQuery, siblingTopics, visibleRows } from "./rows";
import { createTopicTree, type TopicNode, type TopicTree, TREE_LIMITS } from "./tree";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const say = (tree: TopicTree, topic: string, text = "1", at = 0, retained = false): void =>
  tree.hear(topic, bytes(text), retained, at);
const query = (more: Partial<RowsQuery> = {}): RowsQuery => ({
  opened: new Set(),
  closed: new Set(),
  sort: "name",
  search: "",
  ...more,
});
const lines = (tree: TopicTree, more: Partial<RowsQuery> = {}, now = 0): string[] =>
  visibleRows(tree, query(more), now).map(({ node }) => node.path);

function every(tree: TopicTree): TopicNode[] {
  const all: TopicNode[] = [];
  const walk = (node: TopicNode): void => {
    for (const child of node.children.values()) {
      all.push(child);
      walk(child);
    }
  };
  walk(tree.root);
  return all;
}

describe("the tree of topics", () => {
  test("XP-1: counts messages and topics of each branch, and keeps what was said last", () => {
    const tree = createTopicTree(0);
    say(tree, "house/kitchen/temp", "20");
    say(tree, "house/kitchen/temp", "21", 5);
    say(tree, "house/hall", "on", 6, true);
    expect(tree.find("house")).toMatchObject({ topics: 2, messages: 3, own: undefined });
    expect(tree.find("house/kitchen")).toMatchObject({ topics: 1, messages: 2 });
    expect(tree.find("house/kitchen/temp")?.own).toMatchObject({ head: bytes("21"), bytes: 2, at: 5, count: 2 });
    expect(tree.find("house/hall")?.own).toMatchObject({ retained: true });
    expect(tree.find("house/cellar")).toBeUndefined();
  });

  test("XP-1: a topic may be a branch too, have empty levels, and be called like a member of Object", () => {
    const tree = createTopicTree(0);
    for (const topic of ["a", "a/b", "/a", "a/", "__proto__/constructor", "//"]) say(tree, topic);
    expect(tree.topics).toBe(6);
    expect(tree.find("a")).toMatchObject({ topics: 3, messages: 3, own: { count: 1 } });
    expect(tree.find("__proto__/constructor")?.own).toBeDefined();
    expect(new Set(every(tree).map(({ path }) => path)).size).toBe(tree.nodes);
  });

  test("XP-2: a rate follows the last seconds, from the first second on, and what the broker repeats does not count", () => {
    const tree = createTopicTree(0);
    for (let at = 0; at < 20_000; at += 10) say(tree, "a/b", "1", at);
    const rate = (now: number) => tree.rate(tree.find("a") as TopicNode, now);
    expect(rate(20_000)).toBeGreaterThan(90);
    expect(rate(20_000)).toBeLessThan(110);
    expect(rate(45_000)).toBeLessThan(1);
    const young = createTopicTree(0);
    for (let at = 0; at < 2000; at += 10) say(young, "a", "1", at);
    expect(young.rate(young.root, 2000)).toBeGreaterThan(80);
    say(young, "kept", "1", 2000, true);
    expect(young.rate(young.find("kept") as TopicNode, 2000)).toBe(0);
  });

  test("XP-3: an empty message takes the retained mark away, any other leaves it", () => {
    const tree = createTopicTree(0);
    say(tree, "a", "1", 0, true);
    say(tree, "a", "2", 1);
    expect(tree.find("a")?.own?.retained).toBe(true);
    say(tree, "a", "", 2);
    expect(tree.find("a")?.own?.retained).toBe(false);
  });

  test("XP-4: beyond the cap the topic least recently heard is forgotten, with branches that held nothing else", () => {
    const tree = createTopicTree(0, { ...TREE_LIMITS, topics: 3 });
    for (const topic of ["x/1", "y/2", "z/3"]) say(tree, topic);
    say(tree, "x/1");
    say(tree, "w/4");
    expect(lines(tree, { opened: new Set(["w", "x", "y", "z"]) })).toEqual(["w", "w/4", "x", "x/1", "z", "z/3"]);
    expect(tree.counters.forgotten).toBe(1);
    expect(tree.topics).toBe(3);
  });

  test("XP-4, XP-100: the cap holds for branches, characters and payload bytes too, and a topic too deep is refused", () => {
    const tree = createTopicTree(0, { topics: 1000, nodes: 100, chars: 2000, head: 100, heads: 1000 });
    for (let i = 0; i < 500; i++) say(tree, `${i}/${"deep/".repeat(i % 20)}end`, "x".repeat(300));
    const all = every(tree);
    expect(all.length).toBeLessThanOrEqual(100);
    expect(all.reduce((sum, { own }) => sum + (own?.head.length ?? 0), 0)).toBeLessThanOrEqual(1000 + 100 * 64);
    say(tree, "a/".repeat(200));
    expect(tree.counters.refused).toBe(1);
  });

  test("XP-4: whatever is heard, counts agree with what is there", () => {
    const level = fc.constantFrom("", "a", "b", "c", "$SYS", "d e");
    const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join("/"));
    fc.assert(
      fc.property(fc.array(topic, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (topics, cap) => {
        const tree = createTopicTree(0, { ...TREE_LIMITS, topics: cap });
        topics.forEach((name, i) => {
          say(tree, name, String(i), i);
        });
        const all = every(tree);
        const withOwn = all.filter(({ own }) => own);
        const newest = [...new Set(topics.toReversed())].slice(0, cap);
        expect(withOwn.map(({ path }) => path).sort()).toEqual(newest.sort());
        expect(tree.nodes).toBe(all.length);
        expect(tree.root.topics).toBe(withOwn.length);
        for (const node of all) {
          expect(node.own !== undefined || node.children.size > 0).toBe(true);
          const below = [...node.children.values()].reduce((sum, child) => sum + child.topics, 0);
          expect(node.topics).toBe(below + (node.own ? 1 : 0));
        }
      }),
    );
  });
});

describe("its rows", () => {
  const testBed = (): TopicTree => {
    const tree = createTopicTree(0);
    for (const topic of ["b/x10", "b/x9", "a/only/deep/1", "a/only/deep/2", "$SYS/load", "c"]) say(tree, topic);
    return tree;
  };

  test("XP-5, XP-101: are in the order of names, numbers by size, the broker's own last; a lone chain opens by itself", () => {
    const rows = visibleRows(testBed(), query({ opened: new Set(["b", "a/only/deep"]) }), 0);
    expect(rows.map(({ node, open, parent, pos, size }) => [node.path, open, parent, pos, size])).toEqual([
      ["a", true, -1, 1, 4],
      ["a/only", true, 0, 1, 1],
      ["a/only/deep", true, 1, 1, 1],
      ["a/only/deep/1", undefined, 2, 1, 2],
      ["a/only/deep/2", undefined, 2, 2, 2],
      ["b", true, -1, 2, 4],
      ["b/x9", undefined, 5, 1, 2],
      ["b/x10", undefined, 5, 2, 2],
      ["c", undefined, -1, 3, 4],
      ["$SYS", false, -1, 4, 4],
    ]);
    expect(lines(testBed(), { closed: new Set(["a"]) })).toEqual(["a", "b", "c", "$SYS"]);
  });

  test("XP-5: by messages or rate, what floods the broker stands first, at each level", () => {
    const tree = testBed();
    for (let i = 0; i < 50; i++) say(tree, "b/x10", "1", 1000 + i);
    for (const sort of ["messages", "rate"] as const)
      expect(lines(tree, { sort, opened: new Set(["b"]) }, 1100).slice(0, 3)).toEqual(["b", "b/x10", "b/x9"]);
    expect(lines(tree, { sort: "topics" })[0]).toMatch(/^[ab]$/);
  });

  test("XP-6: a search shows what matches and the way to it", () => {
    expect(lines(testBed(), { search: "X1" })).toEqual(["b", "b/x10"]);
    expect(lines(testBed(), { search: "deep/2" })).toEqual(["a", "a/only", "a/only/deep", "a/only/deep/2"]);
    expect(lines(testBed(), { search: "nothing" })).toEqual([]);
  });

  test("XP-13: siblings differ in one level, and what says the unit belongs to them", () => {
    const tree = createTopicTree(0);
    for (const topic of ["h/k/t", "h/l/t", "h/k/h", "g/k/t", "g/l/t", "h/k/t/x", "h/k/t/unit"]) say(tree, topic);
    expect(
      siblingTopics(tree, "h/k/t")
        .map(({ path }) => path)
        .sort(),
    ).toEqual(["g/k/t", "h/k/h", "h/k/t/unit", "h/l/t"]);
  });
});
