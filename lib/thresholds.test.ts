import { describe, expect, it } from "vitest";
import { type Threshold, ThresholdsSchema, worstBreach } from "./thresholds";

const boiler: Threshold[] = [
  { above: 80, level: "warning" },
  { above: 95, level: "critical" },
  { above: 99, level: "critical" },
  { below: 10, level: "warning" },
];

describe("thresholds", () => {
  it.each([
    [80, undefined],
    [80.1, { above: 80, level: "warning" }],
    [96, { above: 95, level: "critical" }],
    [100, { above: 99, level: "critical" }],
    [10, undefined],
    [-5, { below: 10, level: "warning" }],
  ])("DC-15: at %d the worst threshold broken is %j", (value, threshold) => {
    expect(worstBreach(value, boiler)?.threshold).toEqual(threshold);
  });
  it.each([null, undefined, true, "100", Number.NaN])("DC-15: %j breaks nothing: only numbers do", (value) => {
    expect(worstBreach(value, boiler)).toBeUndefined();
  });
  it("DC-15: the order in which they are written does not matter", () => {
    expect(worstBreach(100, [...boiler].reverse())?.threshold).toEqual({ above: 99, level: "critical" });
    expect(worstBreach(5, undefined)).toBeUndefined();
  });
  it("DC-15: a threshold has either above or below", () => {
    expect(ThresholdsSchema.safeParse([{ level: "warning" }]).success).toBe(false);
    expect(ThresholdsSchema.safeParse([{ above: 1, below: 2, level: "warning" }]).success).toBe(false);
    expect(ThresholdsSchema.safeParse([{ above: 0, level: "warning" }]).success).toBe(true);
  });
});
