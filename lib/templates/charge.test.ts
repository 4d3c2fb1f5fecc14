import { describe, expect, test, vi } from "vitest";
import { type Budget, createBudget, LIMITS } from "./budget";
import type { Context } from "./context";
import { COMPARISONS } from "./evaluate";
import { filters } from "./filters";
import { globalsFor } from "./globals";
import { compileTemplate } from "./index";
import { METHODS, methodOf } from "./methods";
import { binary, SIGNS } from "./operators";
import { compileRegex } from "./regex";
import { indexIn, splitBy } from "./search";
import { tests } from "./tests";
import { Callable, DateTime, Dict, type PyValue, TimeDelta } from "./values";

/** A budget that tells what was spent. */
function counting(): Budget & { steps: number } {
  const budget = {
    steps: 0,
    spend(n: number) {
      budget.steps += n;
    },
    look: (n: number) => budget.spend(n / 64),
    make: (n: number) => budget.spend(n / 64),
  };
  return budget;
}

function contextOf(budget: Budget): Context {
  const context: Context = {
    budget,
    now: 0,
    offset: 0,
    applyFilter: (name, args, named) => filters.get(name)?.(args, named, context) ?? null,
    applyTest: (name, args) => tests.get(name)?.(args, context) ?? false,
  };
  return context;
}

const NAMED: ReadonlyMap<string, PyValue> = new Map();
const DICT = Dict.of([["a", 1n]], counting());
const VALUES: readonly PyValue[] = ["text", ["text"], DICT, 1n, new DateTime(0, 0), new TimeDelta(60e6)];

/** Whether a call costs at least a step, be it a success or a fault. */
function costs(call: (budget: Budget, value: PyValue) => unknown): boolean {
  return VALUES.every((value) => {
    const budget = counting();
    try {
      call(budget, value);
    } catch {
      // A fault of the template: it must have paid before.
    }
    return budget.steps >= 1;
  });
}

describe("HB-5: every entry of the template language pays for what it looks at", () => {
  test.each([...filters.keys()])("the filter %s", (name) => {
    expect(costs((budget, value) => filters.get(name)?.([value, value], NAMED, contextOf(budget)))).toBe(true);
  });
  test.each([...tests.keys()])("the test %s", (name) => {
    expect(costs((budget, value) => tests.get(name)?.([value, value], contextOf(budget)))).toBe(true);
  });
  test.each(METHODS.map((name) => [name]))("the method %s", (name) => {
    for (const value of VALUES) {
      const method = methodOf(value, name);
      if (!(method instanceof Callable)) continue;
      expect(costs((budget) => method.call(["text"], NAMED, budget))).toBe(true);
    }
  });
  test.each([...SIGNS])("the operator %s", (sign) => {
    expect(costs((budget, value) => binary(sign, value, value, budget))).toBe(true);
  });
  test.each(Object.keys(COMPARISONS))("the comparison %s", (sign) => {
    expect(costs((budget, value) => COMPARISONS[sign]?.(value, value, budget))).toBe(true);
  });
  test.each(["namespace", "dict", "range", "zip", "typeof", "today_at", "isnan", "float", "slugify"])(
    "the function %s",
    (name) => {
      const cost = costs((budget, value) => {
        const found = globalsFor(contextOf(budget))(name);
        if (found instanceof Callable) found.call([value], NAMED, budget);
      });
      expect(cost).toBe(true);
    },
  );
});

test.each([
  ["{% for i in range(4000) %}{% set x = value.strip('a') %}{% endfor %}"],
  ["{% for i in range(4000) %}{% set x = 'b' in value %}{% endfor %}"],
  ["{% for i in range(4000) %}{% set x = value.find('b') %}{% endfor %}"],
  ["{% for i in range(4000) %}{% set x = value.count('b') %}{% endfor %}"],
  ["{% for i in range(4000) %}{% set x = value|replace('b', '') %}{% endfor %}"],
  ["{% for i in range(4000) %}{% set x = value == value ~ '' %}{% endfor %}"],
  ["{% for i in range(4000) %}{% set x = value[1:] %}{% endfor %}"],
  ["{% for i in range(4000) %}{% set x = value|regex_search('$$$$b') %}{% endfor %}"],
  ["{% for i in range(4000) %}{% set x = value|bool(value) %}{% endfor %}"],
])("HB-6: a template that looks at a long payload again and again is stopped: %s", (source) => {
  const template = compileTemplate(source);
  const rendered = template.ok ? template.value.render("a".repeat(60_000)) : undefined;
  expect(rendered).toMatchObject({
    kind: "keep",
    why: expect.objectContaining({ code: expect.stringMatching(/^template\.(tooManySteps|tooMuchText)$/) }),
  });
});

test("HB-100: steps are counted and never timed: what is rendered is the same on a machine that is slow", () => {
  const clock = vi.spyOn(performance, "now").mockImplementation(() => 1e12);
  const date = vi.spyOn(Date, "now").mockImplementation(() => 1e12);
  const render = (times: number) => {
    const template = compileTemplate(`{% for i in range(${times}) %}{% set x = i %}{% endfor %}done`);
    return template.ok && template.value.render("");
  };
  try {
    expect(render(1000)).toMatchObject({ kind: "value", text: "done" });
    expect([clock.mock.calls, date.mock.calls]).toEqual([[], []]);
  } finally {
    vi.restoreAllMocks();
  }
});

test("HB-6: what takes no character of a regular expression, and where it may begin, is counted", () => {
  const steps = (pattern: string, text: string): number => {
    const budget = counting();
    compileRegex(pattern).exec(text, 0, budget);
    return budget.steps;
  };
  expect(steps("$$$$x", "a".repeat(100))).toBeGreaterThanOrEqual(200);
  expect(steps("(?:|||)x", "a".repeat(100))).toBeGreaterThan(400);
  expect(steps("\\b\\b\\bx", "a".repeat(100))).toBeGreaterThanOrEqual(200);
});

test("HB-7: an ordinary template stays far below the budget, over an ordinary payload", () => {
  const template = compileTemplate(
    "{% set items = value_json.sensors | selectattr('ok') | map(attribute='t') | list %}{{ (items | sum / items | length) | round(1) }}",
  );
  const payload = JSON.stringify({
    sensors: Array.from({ length: 100 }, (_, i) => ({ ok: i % 2 === 0, t: 20 + i / 10 })),
  });
  expect(template.ok && template.value.render(payload)).toEqual({ kind: "value", text: "24.9" });
});

test("HB-7: a long payload can still be searched, cut and compared", () => {
  const payload = `${"x".repeat(100_000)};21.5`;
  const template = compileTemplate("{{ value.split(';')[1] if ';' in value and value != 'offline' else None }}");
  expect(template.ok && template.value.render(payload)).toEqual({ kind: "value", text: "21.5" });
});

test("HB-8: a text is found as the engine finds it, in time that grows with both lengths and not with their product", () => {
  const haystack = `${"ab".repeat(300)}${"a".repeat(40)}b`;
  for (const needle of ["", "a", "abab", `${"ab".repeat(20)}b`, `${"a".repeat(30)}b`, "b".repeat(30), haystack]) {
    expect(indexIn(haystack, needle)).toBe(haystack.indexOf(needle));
    if (needle !== "") expect(splitBy(haystack, needle)).toEqual(haystack.split(needle));
  }
});

test("HB-5: a budget refuses what is no number of steps", () => {
  expect(() => createBudget().spend(Number.NaN)).toThrow("template.tooManySteps");
  expect(() => createBudget().look(LIMITS.steps * 1000)).toThrow("template.tooManySteps");
});
