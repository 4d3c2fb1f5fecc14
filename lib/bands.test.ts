import { describe, expect, it } from "vitest";
import { bands, shareOf } from "./bands";

describe("shareOf", () => {
  it.each<[number, [number, number], number]>([
    [0, [0, 4], 0],
    [1, [0, 4], 0.25],
    [4, [0, 4], 1],
    [-1, [0, 4], 0],
    [9, [0, 4], 1],
    [-10, [-20, 0], 0.5],
    [1, [4, 4], 0],
    [Number.NaN, [0, 4], 0],
  ])("%d in %j is %d", (value, range, share) => expect(shareOf(value, range)).toBe(share));
});

describe("bands", () => {
  it.each([
    ["none without thresholds", undefined, []],
    [
      "a warning up to where critical begins",
      [
        { above: 80, level: "warning" as const },
        { above: 95, level: "critical" as const },
      ],
      [
        { level: "warning", from: 0.8, to: 0.95 },
        { level: "critical", from: 0.95, to: 1 },
      ],
    ],
    [
      "both ends",
      [
        { below: 10, level: "critical" as const },
        { above: 90, level: "warning" as const },
      ],
      [
        { level: "critical", from: 0, to: 0.1 },
        { level: "warning", from: 0.9, to: 1 },
      ],
    ],
    ["nothing that lies beyond the range", [{ above: 200, level: "critical" as const }], []],
    [
      "the whole dial when the range lies beyond the threshold",
      [{ above: -5, level: "warning" as const }],
      [{ level: "warning", from: 0, to: 1 }],
    ],
    [
      "one band where two of a level touch",
      [
        { above: 50, level: "warning" as const },
        { above: 70, level: "warning" as const },
      ],
      [{ level: "warning", from: 0.5, to: 1 }],
    ],
  ])("gives %s", (_what, thresholds, expected) => expect(bands(thresholds, [0, 100])).toEqual(expected));
});
