import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { saying } from "../texts/said.harness";
import { filterMatches, wildcardLevels } from "./match";
import { hasWildcard, parseFilter, parsePublishTopic, parseTopic } from "./parse";
import { countWildcards, parseTemplate } from "./template";
import { createTrie } from "./trie";

/** A small alphabet, so that filters and topics meet often; with the names and signs that have caused trouble elsewhere. */
const level = fc.constantFrom("a", "b", "", "$SYS", "__proto__", "constructor", "é", " ");
const topic = fc.array(level, { minLength: 1, maxLength: 5 }).map((levels) => levels.join("/"));
const filter = fc
  .tuple(fc.array(fc.oneof(level, fc.constant("+")), { maxLength: 5 }), fc.boolean())
  .map(([levels, rest]) => [...levels, ...(rest || levels.length === 0 ? ["#"] : [])].join("/"));

const MATCHES: [string, string, boolean][] = [
  ["a/b", "a/b", true],
  ["a/b", "a", false],
  ["+", "a", true],
  ["+", "a/b", false],
  ["+/+", "/a", true],
  ["/+", "/a", true],
  ["+", "/a", false],
  ["a/+", "a", false],
  ["a/+", "a/", true],
  ["#", "a/b/c", true],
  ["a/#", "a", true],
  ["a/#", "a/", true],
  ["a/#", "ab", false],
  ["+/#", "a", true],
  ["#", "$SYS/uptime", false],
  ["+/uptime", "$SYS/uptime", false],
  ["$SYS/#", "$SYS/uptime", true],
  ["$SYS/+", "$SYS/uptime", true],
  ["a/+", "a/$b", true],
  ["__proto__/+", "__proto__/constructor", true],
];

describe("matching", () => {
  for (const [f, t, expected] of MATCHES)
    it(`TM-1: "${f}" ${expected ? "matches" : "does not match"} "${t}"`, () => {
      expect(filterMatches(f, t)).toBe(expected);
      const trie = createTrie<string>();
      trie.add(f, "x");
      expect(trie.match(t)).toEqual(expected ? ["x"] : []);
    });

  it("TM-2: the trie finds what comparing each filter finds", () => {
    fc.assert(
      fc.property(fc.array(filter, { maxLength: 20 }), fc.array(topic, { maxLength: 10 }), (filters, topics) => {
        const trie = createTrie<string>();
        for (const f of filters) trie.add(f, f);
        for (const t of topics)
          expect(trie.match(t).sort()).toEqual([...new Set(filters)].filter((f) => filterMatches(f, t)).sort());
      }),
      { numRuns: 500 },
    );
  });

  it("TM-2: what is removed is found no more, and the rest still is", () => {
    fc.assert(
      fc.property(fc.array(filter, { maxLength: 20 }), fc.array(filter, { maxLength: 20 }), topic, (kept, gone, t) => {
        const trie = createTrie<string>();
        const left = [...new Set(kept)].filter((f) => !gone.includes(f));
        for (const f of [...kept, ...gone]) trie.add(f, f);
        for (const f of new Set(gone)) expect(trie.remove(f, f)).toBe(true);
        expect(trie.size).toBe(left.length);
        expect(trie.match(t).sort()).toEqual(left.filter((f) => filterMatches(f, t)).sort());
      }),
    );
  });

  it("TM-2: a filter may hold several values, and removing what is not there changes nothing", () => {
    const trie = createTrie<number>();
    trie.add("a/+", 1);
    trie.add("a/+", 2);
    trie.add("a/+", 2);
    expect(trie.size).toBe(2);
    expect(trie.remove("a/+", 3)).toBe(false);
    expect(trie.remove("a", 1)).toBe(false);
    expect(trie.remove("a/+/b", 1)).toBe(false);
    expect(trie.match("a/x").sort()).toEqual([1, 2]);
  });
});

describe("legal topics and filters", () => {
  it.each(["a", "/", "/devices/x/controls/Total consumption", "$SYS/#", "+", "#", "a/+/é/#", "__proto__"])(
    'TM-3: the filter "%s" is legal',
    (text) => {
      expect(parseFilter(text).ok).toBe(true);
    },
  );
  it.each(["", "a/#/b", "a#", "a/b+", "a\u0000", "\ud800", "x".repeat(65_536), "$share/g/a", "a/".repeat(200)])(
    "TM-3: the filter %j is refused with the reason",
    (text) => {
      expect(parseFilter(text)).toMatchObject({ ok: false, error: saying(/./) });
    },
  );
  it.each(["a/+", "a/#", "#", "a+b", "", "a\u0000b", "\udc00", "é".repeat(32_768)])(
    "TM-4: nothing is published on %j",
    (text) => {
      expect(parseTopic(text).ok).toBe(false);
    },
  );
  it("TM-4: 65,535 bytes are the longest topic", () => {
    expect(parseTopic("x".repeat(65_535)).ok).toBe(true);
    expect(parseTopic("😀".repeat(16_383)).ok).toBe(true);
    expect(parseTopic("😀".repeat(16_384)).ok).toBe(false);
  });
  it.each(["$CONTROL/dynamic-security/v1", "$SYS/broker/uptime", "$", "$share/g/a"])(
    "TM-20: nothing is published on %j, which belongs to the broker",
    (text) => {
      expect(parsePublishTopic(text)).toMatchObject({ ok: false, error: saying('"$"') });
      expect(parsePublishTopic(`a/${text}`).ok).toBe(true);
    },
  );
  it("TM-1: a wildcard is one only when it fills its level", () => {
    expect(["a/+", "#", "+/a", "a/#"].every(hasWildcard)).toBe(true);
    expect(["a", "a/b", ""].some(hasWildcard)).toBe(false);
  });
});

describe("templates", () => {
  it("TM-5: levels are what the wildcards stood for, the rest as one", () => {
    expect(wildcardLevels("+/x/#", "a/x/b/c")).toEqual(["a", "b/c"]);
    expect(wildcardLevels("a/+", "a/")).toEqual([""]);
  });
  it('TM-5: "a" and "a/" under "a/#" are told apart', () => {
    expect(wildcardLevels("a/#", "a")).toEqual([]);
    expect(wildcardLevels("a/#", "a/")).toEqual([""]);
  });
  it("TM-6: {n} is filled in, other braces stay", () => {
    const template = parseTemplate("{2} of {1} {x} {}", 2);
    expect(template.ok && template.value.fill(["a", "b"])).toBe("b of a {x} {}");
    expect(template.ok && template.value.fill(["{2}", "$&"])).toBe("$& of {2} {x} {}");
    expect(template.ok && template.value.fill([])).toBe(" of  {x} {}");
  });
  it.each([
    ["{3}", 2, "{1} to {2}"],
    ["{2}", 1, "write {1}"],
    ["{0}", 1, "write {1}"],
    ["{1}", 0, "the filter has none"],
  ])("TM-6: %s with %i wildcards is refused, and the message says what may be written", (text, wildcards, says) => {
    expect(parseTemplate(text, wildcards)).toMatchObject({ ok: false, error: saying(says) });
  });
  it("TM-6: wildcards are counted", () => {
    expect([countWildcards("+/a/#"), countWildcards("a/b"), countWildcards("#")]).toEqual([2, 0, 1]);
  });
});
