import { describe, expect, it } from "vitest";
import { tilePoints } from "@/lib/tilePoints";
import { chartOptions } from "./options";

describe("a chart's options", () => {
  it("have defaults", () =>
    expect(chartOptions.parse(undefined)).toEqual({
      ok: true,
      value: { points: [], span: "24h", axes: "unit", thresholds: true },
    }));
  it.each<[object, RegExp]>([
    [{ points: "power" }, /^points must be a list/],
    [{ points: Array.from({ length: 9 }, (_, i) => `p${i}`) }, /^points must be a list of at most 7/],
    [{ span: "1y" }, /^span must be one of 1h, 24h/],
    [{ axes: 2 }, /^axes must be one of unit, shared, own/],
  ])("%j is refused with the option at fault", (options, words) => {
    const result = chartOptions.parse(options);
    expect(!result.ok && result.error).toMatch(words);
  });
});

describe("tilePoints", () => {
  it.each([
    [{ point: "a", options: { points: ["b", "a", "c"] } }, ["a", "b", "c"]],
    [{ point: "a" }, ["a"]],
    [{ options: { points: ["b", 4, ""] } }, ["b"]],
    [{ point: "a", options: { points: "b" } }, ["a"]],
  ])("of %j", (tile, points) => expect(tilePoints(tile as never)).toEqual(points));
});
