import { describe, expect, it } from "vitest";
import { digitsFor, scalesOf, valueRange } from "./scale";

describe("valueRange", () => {
  it("leaves a little room at both ends", () => {
    const [low, high] = valueRange(20, 30, undefined);
    expect(low).toBeCloseTo(19.2);
    expect(high).toBeCloseTo(30.8);
  });
  it("begins at zero where nothing was ever below", () => expect(valueRange(0, 100, undefined)[0]).toBe(0));
  it("does not make an event of a sensor's last digit", () => {
    const [low, high] = valueRange(20, 20.01, undefined);
    expect(high - low).toBeGreaterThan(0.2);
  });
  it("brings a near threshold into the picture, and not a far one", () => {
    const near = valueRange(20, 30, [{ above: 33, level: "warning" }]);
    expect(near[1]).toBeGreaterThan(33);
    const far = valueRange(20, 30, [{ above: 300, level: "warning" }]);
    expect(far[1]).toBeLessThan(31);
  });
  it("is something where nothing is known", () => expect(valueRange(null, null, undefined)).toEqual([0, 1]));
});

describe("scalesOf", () => {
  const lines = [
    { id: "a", unit: "W" },
    { id: "b", unit: "°C" },
    { id: "c", unit: "W" },
  ];
  it.each([
    ["unit" as const, ["y0", "y1", "y0"]],
    ["shared" as const, ["y0", "y0", "y0"]],
    ["own" as const, ["y0", "y1", "y2"]],
  ])("by %s", (mode, scales) => expect(scalesOf(lines, mode)).toEqual(scales));
});

it.each([
  [500, 0],
  [1, 0],
  [0.5, 1],
  [0.1, 1],
  [0.025, 3],
  [0.0025, 4],
  [2.5, 1],
  [1e-9, 8],
  [0, 0],
])("marks %d apart need %d digits", (step, digits) => expect(digitsFor(step)).toBe(digits));
