import { describe, expect, test } from "vitest";
import { compileRegistration } from "./compile";
import { compileHistory, type HistorySpec, isKept, KEEP_FOR, type Kept, keepRules } from "./history";
import type { Value } from "./reading";
import { Registration } from "./registration";
import { inWords } from "./texts/said";

function keptOf(history: HistorySpec, readings: [Value, number?][]): Value[] {
  const policy = compileHistory(history);
  if (!policy.ok) throw new Error(inWords(policy.error.message));
  let last: Kept | undefined;
  return readings.flatMap(([value, at = 0]) => {
    if (!isKept(policy.value, last, value, at)) return [];
    last = { value, at };
    return [value];
  });
}

describe("HI-14: what is kept", () => {
  test("every reading, or none", () => {
    expect(keptOf({}, [[1], [1], [1]])).toEqual([1, 1, 1]);
    expect(keptOf(false, [[1], [2]])).toEqual([]);
  });
  test("HI-100: changes, of any kind of value", () => {
    expect(keptOf({ keep: "change" }, [[1], [1], [2], [null], [null], ["a"], ["a"], [true], [true], [0]])).toEqual([
      1,
      2,
      null,
      "a",
      true,
      0,
    ]);
  });
  test("changes beyond a deadband, counted from what was kept: a slow drift is not lost", () => {
    const drift: [Value][] = Array.from({ length: 31 }, (_, i) => [i / 10]);
    expect(keptOf({ deadband: 1 }, drift)).toEqual([0, 1.1, 2.2]);
    expect(keptOf({ deadband: 5 }, [[1], [null], [1]])).toEqual([1, null, 1]);
  });
  test("at most one in a time", () => {
    expect(
      keptOf({ keep: "10s" }, [
        [1, 0],
        [2, 9999],
        [3, 10_000],
        [4, 15_000],
        [5, -500],
      ]),
    ).toEqual([1, 3, 5]);
  });
});

const base = { id: "a", filter: "a/b" };
const compiled = (history: unknown) => compileRegistration(Registration.parse({ ...base, history }));

test("HI-14: it stands in a registration or in one of its values, and points say so", () => {
  const result = compileRegistration(
    Registration.parse({
      id: "climate",
      filter: "c/+",
      history: { keep: "change" },
      values: {
        t: { value: "$.t", history: { keep: "1m", raw: "90d" } },
        h: { value: "$.h" },
        x: { value: "$.x", history: false },
      },
    }),
  );
  if (!result.ok) throw new Error(inWords(result.error.message));
  const points = result.value.points(["north"], "c/north");
  expect(points.map((p) => p.slot.history?.keep)).toEqual([60_000, "change", "nothing"]);
  expect(points.map((p) => p.info.kept)).toEqual(["some", "change", "nothing"]);
  const rules = keepRules([result.value.registration]);
  expect(Object.keys(rules)).toEqual(["climate", "climate.t", "climate.x"]);
  expect(rules.climate).toEqual(KEEP_FOR);
  expect(rules["climate.t"]?.raw).toBe(90 * 86_400_000);
});

test.each([
  [{ keep: "every", deadband: 1 }, "/history/deadband"],
  [{ keep: "5s", deadband: 1 }, "/history/deadband"],
  [{ raw: "1h" }, "/history/raw"],
])("HI-14: %j is refused at %s", (history, pointer) => {
  expect(compiled(history)).toMatchObject({ ok: false, error: { pointer } });
});

test.each([{ keep: "sometimes" }, { keeps: "every" }, { deadband: -1 }, { rollups: { "5m": "1d" } }, true])(
  "HI-14: %j is refused by the schema",
  (history) => {
    expect(Registration.safeParse({ ...base, history }).success).toBe(false);
  },
);

test("HI-15: what is coarser is kept for at least as long", () => {
  const day = 86_400_000;
  expect(compileHistory({ raw: "365d" })).toMatchObject({
    value: { keepFor: { raw: 365 * day, "1m": 365 * day, "15m": 730 * day, "6h": 3650 * day } },
  });
  expect(compileHistory({ raw: "2d", rollups: "30d" })).toMatchObject({
    value: { keepFor: { raw: 2 * day, "1m": 30 * day, "15m": 30 * day, "6h": 30 * day } },
  });
  expect(compileHistory({ rollups: { "15m": "5d", "6h": "1d" } })).toMatchObject({
    value: { keepFor: { raw: 30 * day, "1m": 180 * day, "15m": 180 * day, "6h": 180 * day } },
  });
});
