import { expect, it } from "vitest";
import type { RawColumns } from "./columns";
import { toBuckets } from "./envelope";
import { rowsOf } from "./rows";

it("a chart's rows are its moments, newest first, and say how many are left out", () => {
  const raw: RawColumns = { tier: "raw", t: [5, 15, 25], value: [1, true, "x"], before: null };
  const buckets = toBuckets({ ...raw, t: [10, 12], value: [4, 8] }, 10);
  expect(rowsOf([raw, buckets, undefined], { from: 10, to: 30 }, 2)).toEqual({
    rows: [
      { at: 25, cells: [{ value: "x" }, undefined, undefined] },
      { at: 15, cells: [{ value: true }, undefined, undefined] },
    ],
    more: 1,
  });
  expect(rowsOf([buckets], { from: 0, to: 30 }, 9).rows).toEqual([{ at: 10, cells: [{ value: 6, min: 4, max: 8 }] }]);
});
