import fc from "fast-check";
import { expect, test } from "vitest";
import { createCovers, filterCovers } from "./cover";
import { filterMatches } from "./match";

test("DV-105: a filter covers another when each topic of the other is one of its own", () => {
  const cases: [wide: string, narrow: string, covers: boolean][] = [
    ["a/#", "a/b", true],
    ["a/#", "a", true],
    ["a/#", "a/+/c", true],
    ["a/#", "a/b/#", true],
    ["#", "+/b", true],
    ["a/+", "a/b", true],
    ["a/+", "a/#", false],
    ["a/b", "a/+", false],
    ["+/b", "a/+", false],
    ["a/+", "a/b/c", false],
    ["a/+/#", "a/#", false],
    ["#", "$SYS/x", false],
    ["+/x", "$SYS/x", false],
    ["a/b", "a/b", false],
  ];
  for (const [wide, narrow, covers] of cases)
    expect([wide, narrow, filterCovers(wide, narrow)]).toEqual([wide, narrow, covers]);
});

test("DV-105: what covers a filter matches whatever that one matches", () => {
  const level = fc.constantFrom("a", "b", "+", "$s", "");
  const filter = fc
    .tuple(fc.array(level, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([levels, rest]) => [...levels, ...(rest ? ["#"] : [])].join("/"));
  const topic = fc.array(fc.constantFrom("a", "b", "$s", ""), { minLength: 1, maxLength: 4 }).map((l) => l.join("/"));
  fc.assert(
    fc.property(fc.array(filter, { maxLength: 6 }), filter, topic, (wide, narrow, name) => {
      const covers = createCovers();
      covers.replace(wide);
      expect([...covers.of(narrow)].sort()).toEqual(
        [...new Set(wide)].filter((one) => /[+#]/.test(one) && filterCovers(one, narrow)).sort(),
      );
      if (filterMatches(narrow, name)) for (const one of covers.of(narrow)) expect(filterMatches(one, name)).toBe(true);
    }),
  );
});
