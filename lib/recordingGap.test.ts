import fc from "fast-check";
import { expect, test } from "vitest";
import { type GapReason, gapBetween, gapsWithin, mergeGaps } from "./recordingGap";

const gap = (from: number, to: number, why: GapReason = "no-recorder") => ({ from, to, why });

test("CL-24: gaps with one reason that overlap or touch are one; others stay apart", () => {
  expect(mergeGaps([gap(30, 40), gap(10, 20), gap(20, 25), gap(12, 15, "broker-lost"), gap(50, 50)])).toEqual([
    gap(10, 25),
    gap(12, 15, "broker-lost"),
    gap(30, 40),
  ]);
});

test("CL-24: a request is answered the part of a gap that lies within its time", () => {
  expect(gapsWithin([gap(0, 10), gap(20, 30), gap(40, 50)], 5, 25)).toEqual([gap(5, 10), gap(20, 25)]);
  expect(gapsWithin([gap(0, 10)], 10, 20)).toEqual([]);
});

test("CL-25: a line from one reading to the next is broken by any gap between them", () => {
  expect(gapBetween([gap(10, 20)], 5, 12)).toEqual(gap(10, 20));
  expect(gapBetween([gap(10, 20)], 20, 30)).toBeUndefined();
  expect(gapBetween([gap(10, 20)], 0, 10)).toBeUndefined();
});

test("CL-24: merging loses no moment and adds none", () => {
  const any = fc.record({
    from: fc.nat(50),
    to: fc.nat(50),
    why: fc.constantFrom<GapReason>("no-recorder", "ring-full"),
  });
  const at = (gaps: { from: number; to: number; why: GapReason }[], t: number, why: GapReason) =>
    gaps.some((g) => g.why === why && g.from <= t && t < g.to);
  fc.assert(
    fc.property(fc.array(any), (gaps) => {
      const merged = mergeGaps(gaps);
      for (let t = 0; t <= 50; t++)
        for (const why of ["no-recorder", "ring-full"] as const) expect(at(merged, t, why)).toBe(at(gaps, t, why));
      expect(mergeGaps(merged)).toEqual(merged);
    }),
  );
});
