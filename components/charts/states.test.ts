import { describe, expect, it } from "vitest";
import type { BucketColumns, Columns, RawColumns } from "./columns";
import { MIXED, sharesOf, stateIntervals } from "./states";

const raw = (t: number[], value: RawColumns["value"], before: Columns["before"] = null): RawColumns => ({
  tier: "raw",
  t,
  value,
  before,
});
const window = { from: 0, to: 100, knownUntil: 100, now: 100, limit: undefined };

describe("stateIntervals", () => {
  it("holds a state until the next, and joins what says the same again", () =>
    expect(stateIntervals(raw([10, 20, 40], [true, true, false]), window)).toEqual([
      { from: 0, to: 10, value: undefined },
      { from: 10, to: 40, value: true },
      { from: 40, to: 100, value: false },
    ]));
  it("reaches in from before the window, is unknown where nobody vouches for it, and ends at now", () =>
    expect(
      stateIntervals(raw([60], ["idle"], { t: -500, value: "busy" }), { ...window, knownUntil: 80, now: 90 }),
    ).toEqual([
      { from: 0, to: 60, value: "busy" },
      { from: 60, to: 80, value: "idle" },
      { from: 80, to: 90, value: undefined },
    ]));
  it("calls a silence unknown where the point has a pace", () =>
    expect(stateIntervals(raw([0, 60], [true, true]), { ...window, limit: 20 })).toEqual([
      { from: 0, to: 20, value: true },
      { from: 20, to: 60, value: undefined },
      { from: 60, to: 80, value: true },
      { from: 80, to: 100, value: undefined },
    ]));
  it("CL-25: does not know a state from the beginning of a recording gap to the next report", () =>
    expect(
      stateIntervals({ ...raw([10, 60], [true, true]), gaps: [{ from: 30, to: 40, why: "no-recorder" }] }, window),
    ).toEqual([
      { from: 0, to: 10, value: undefined },
      { from: 10, to: 30, value: true },
      { from: 30, to: 60, value: undefined },
      { from: 60, to: 100, value: true },
    ]));
  it("shows a bucket with both states as both", () => {
    const columns: BucketColumns = {
      tier: "bucket",
      step: 50,
      t: [0, 50],
      min: [0, 1],
      max: [1, 1],
      mean: [0.4, 1],
      count: [5, 5],
      before: null,
    };
    expect(stateIntervals(columns, window).map(({ value }) => value)).toEqual([MIXED, true]);
  });
  it("is one unknown interval where nothing was ever said", () =>
    expect(stateIntervals(raw([], []), window)).toEqual([{ from: 0, to: 100, value: undefined }]));
});

describe("sharesOf", () => {
  it("sums each state, the longest first, without what is unknown", () =>
    expect(sharesOf(stateIntervals(raw([10, 20, 60], [true, false, true]), window))).toEqual([
      { value: true, ms: 50 },
      { value: false, ms: 40 },
    ]));
});
