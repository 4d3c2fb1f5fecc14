import { describe, expect, it } from "vitest";
import { align } from "./align";
import type { BucketColumns, Columns, RawColumns } from "./columns";

const raw = (t: number[], value: RawColumns["value"], before: Columns["before"] = null): RawColumns => ({
  tier: "raw",
  t,
  value,
  before,
});
const _ = undefined;

describe("align", () => {
  it("puts lines of different times on one axis: where a line says nothing it is not broken", () => {
    const lines = [raw([10, 30], [1, 3]), raw([20], [2])].map((columns) => ({ columns, limit: undefined }));
    const { t, columns } = align(lines);
    expect(t).toEqual([10, 20, 30]);
    expect(columns).toEqual([
      [_, _, _],
      [_, _, _],
      [1, _, 3],
      [_, _, _],
      [_, _, _],
      [_, 2, _],
    ]);
  });
  it("gives buckets their extremes and their mean", () => {
    const columns: BucketColumns = {
      tier: "1m",
      step: 60,
      t: [0],
      min: [1],
      max: [9],
      mean: [4],
      count: [3],
      before: null,
    };
    expect(align([{ columns, limit: undefined }]).columns).toEqual([[9], [1], [4]]);
  });
  it("breaks a line where it was silent for too long, right behind the last reading", () => {
    const { t, columns } = align([{ columns: raw([0, 10, 100], [1, 2, 3]), limit: 20 }]);
    expect(t).toEqual([0, 10, 11, 100]);
    expect(columns[2]).toEqual([1, 2, null, 3]);
  });
  it("breaks a line where the device said that it does not know", () =>
    expect(align([{ columns: raw([0, 10, 20], [1, null, 3]), limit: undefined }]).columns[2]).toEqual([1, null, 3]));
  it("lets a line reach in from before, and on to where its value is vouched for", () => {
    const columns = raw([50], [5], { t: 5, value: 1 });
    const { t, columns: cells } = align([{ columns, limit: undefined, knownUntil: 90 }]);
    expect(t).toEqual([5, 50, 90]);
    expect(cells[2]).toEqual([1, 5, 5]);
  });
  it("does not carry a value over a silence that is too long", () => {
    const columns = raw([50], [5], { t: 5, value: 1 });
    expect(align([{ columns, limit: 30, knownUntil: 90 }])).toMatchObject({ t: [5, 6, 50] });
  });
  it("lays a past span over the present one", () =>
    expect(align([{ columns: raw([10, 20], [1, 2]), limit: undefined, shifts: [{ from: 0, by: 1000 }] }]).t).toEqual([
      1010, 1020,
    ]));
  it("CL-25: a recording gap breaks the line however short it is", () => {
    const gaps = [{ from: 12, to: 14, why: "no-recorder" as const }];
    const columns = { ...raw([10, 20, 30], [1, 2, 3]), gaps };
    const { t, columns: cells } = align([{ columns, limit: 1000 }]);
    expect(t).toEqual([10, 11, 20, 30]);
    expect(cells[2]).toEqual([1, null, 2, 3]);
  });

  it("CL-25: a value that is valid until the next one is known until the gap begins, and not at now", () => {
    const gaps = [{ from: 14, to: 16, why: "no-recorder" as const }];
    const before = align([{ columns: { ...raw([10, 20], [1, 2]), gaps }, limit: undefined, knownUntil: 30 }]);
    expect(before.t).toEqual([10, 14, 15, 20, 30]);
    expect(before.columns[2]).toEqual([1, 1, null, 2, 2]);
    const after = align([{ columns: { ...raw([10], [1]), gaps }, limit: undefined, knownUntil: 30 }]);
    expect(after.t).toEqual([10, 14, 15]);
    expect(after.columns[2]).toEqual([1, 1, null]);
  });
});
