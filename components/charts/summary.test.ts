import { describe, expect, it } from "vitest";
import { summaryText } from "./summary";

const write = (value: unknown) => (typeof value === "number" ? `${value} W` : value === true ? "On" : "Off");

describe("summaryText", () => {
  it("says what the eye would see", () =>
    expect(
      summaryText("the last hour", [
        { label: "Power", extent: { min: 120, mean: 480, max: 2400, count: 9 }, now: 1800, gaps: 2, write },
        {
          label: "Pump",
          shares: [
            { value: true, ms: 900 },
            { value: false, ms: 100 },
          ],
          now: false,
          write,
        },
      ]),
    ).toBe(
      "Chart of the last hour. Power: from 120 W to 2400 W, 480 W on average, now 1800 W, 2 gaps. Pump: On 90 % of the time, Off 10 % of the time, now Off.",
    ));
  it("says that there is nothing", () =>
    expect(summaryText("the last hour", [{ label: "Power", write }])).toBe(
      "Chart of the last hour. Power: no readings.",
    ));
  it("does not round a rare state away", () =>
    expect(
      summaryText("the last year", [
        {
          label: "Pump",
          shares: [
            { value: false, ms: 99_999 },
            { value: true, ms: 1 },
          ],
          write,
        },
      ]),
    ).toContain("Off over 99 % of the time, On under 1 % of the time"));
  it("says that a value never moved", () =>
    expect(
      summaryText("x", [{ label: "Power", extent: { min: 5, mean: 5, max: 5, count: 3 }, gaps: 1, write }]),
    ).toContain("always 5 W, one gap"));
});
