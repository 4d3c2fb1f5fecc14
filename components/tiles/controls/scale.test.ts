import { describe, expect, it } from "vitest";
import type { PointCommand } from "@/lib/point";
import { placeOf, scaleOf } from "./scale";

const command = (limits: Partial<PointCommand>) =>
  ({ command: { kind: "number", assumed: false, send: "release", confirmMs: 5000, ...limits } }) as const;

describe("scaleOf", () => {
  it.each([
    ["the command's limits", command({ min: 30, max: 80, step: 0.5 }), { min: 30, max: 80, step: 0.5 }],
    [
      "the range where the command has none",
      { ...command({}), range: [0, 254] as [number, number] },
      { min: 0, max: 254, step: 5 },
    ],
    ["0 to 100 where nothing is said", command({}), { min: 0, max: 100, step: 1 }],
    ["more than its least", command({ min: 200 }), { min: 200, max: 201, step: 0.01 }],
    ["tenths for a short span", command({ min: 5, max: 15 }), { min: 5, max: 15, step: 0.1 }],
  ])("takes %s", (_what, point, scale) => expect(scaleOf(point)).toEqual(scale));
});

describe("placeOf", () => {
  it.each([
    [50, 0.4],
    [30, 0],
    [10, 0],
    [99, 1],
    [null, undefined],
    ["50", undefined],
  ])("%j", (value, place) => expect(placeOf(value, { min: 30, max: 80, step: 1 })).toBe(place));
});
