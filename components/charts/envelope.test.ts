import { describe, expect, it } from "vitest";
import type { Value } from "@/lib/reading";
import { type RawColumns, valueAt } from "./columns";
import { extentOf, tidyMean, toBuckets } from "./envelope";

const raw = (...readings: [number, Value][]): RawColumns => ({
  tier: "raw",
  t: readings.map(([t]) => t),
  value: readings.map(([, v]) => v),
  before: null,
});

describe("toBuckets", () => {
  it("keeps a spike of one reading among thousands", () => {
    const readings = Array.from({ length: 5000 }, (_, i): [number, Value] => [i * 100, i === 3210 ? 99 : 20]);
    const { step, t, min, max, mean, count } = toBuckets(raw(...readings), 60_000);
    expect(step).toBe(60_000);
    expect(t).toEqual(Array.from({ length: 9 }, (_, i) => i * 60_000));
    expect(Math.max(...max)).toBe(99);
    expect(Math.min(...min)).toBe(20);
    expect(mean[5]).toBeCloseTo(20 + 79 / 600);
    expect(count.reduce((a, b) => a + b)).toBe(5000);
  });
  it("leaves out empty buckets and what is no number", () => {
    expect(toBuckets(raw([5, 1], [15, null], [25, "x"], [35, 2]), 10)).toMatchObject({ t: [0, 30], count: [1, 1] });
  });
});

describe("extentOf", () => {
  const readings = raw([10, 4], [20, null], [30, 8], [40, 0]);
  it("counts every reading of the range once, its end not included", () =>
    expect(extentOf(readings, 10, 40)).toEqual({ min: 4, mean: 6, max: 8, count: 2 }));
  it("weighs buckets by their readings, and takes in the one that reaches into the range", () => {
    const buckets = toBuckets(raw([0, 10], [1, 10], [2, 10], [10, 2]), 10);
    expect(extentOf(buckets, 5, 20)).toEqual({ min: 2, mean: 8, max: 10, count: 4 });
    expect(extentOf(buckets, 10, 20)).toEqual({ min: 2, mean: 2, max: 2, count: 1 });
  });
  it("is undefined where there is no number", () => expect(extentOf(readings, 15, 30)).toBeUndefined());
});

describe("tidyMean", () => {
  it.each([
    [{ min: 45.1, mean: 61.48512, max: 89.8 }, 61.49],
    [{ min: 1, mean: 4 / 3, max: 2 }, 1.3],
    [{ min: 0.1 + 0.2, mean: 0.3, max: 0.1 + 0.2 }, 0.1 + 0.2],
  ])("of %j is %d", (extent, mean) => expect(tidyMean(extent)).toBe(mean));
});

describe("valueAt", () => {
  const columns = { ...raw([10, 1], [20, 2]), before: { t: 3, value: 7 } };
  it.each([
    [5, 7],
    [10, 1],
    [19, 1],
    [99, 2],
  ])("at %d holds %d", (at, value) => expect(valueAt(columns, at)).toBe(value));
});
