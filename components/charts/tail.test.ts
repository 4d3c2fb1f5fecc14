import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BucketColumns, RawColumns } from "./columns";
import { toBuckets } from "./envelope";
import { withTail } from "./tail";

const raw: RawColumns = { tier: "raw", t: [10, 20], value: [1, 2], before: null };
const buckets: BucketColumns = {
  tier: "1m",
  step: 60_000,
  t: [0, 60_000],
  min: [1, 4],
  max: [3, 6],
  mean: [2, 5],
  count: [10, 2],
  before: null,
};

describe("withTail", () => {
  it("is the same object when nothing came", () => {
    expect(withTail(raw, [])).toBe(raw);
    expect(withTail(buckets, [{ at: 70_000, value: null }])).toBe(buckets);
  });
  it("puts readings behind, and leaves what was there as it was", () => {
    expect(withTail(raw, [{ at: 30, value: 3 }])).toEqual({ ...raw, t: [10, 20, 30], value: [1, 2, 3] });
    expect(raw.t).toEqual([10, 20]);
  });
  it("counts a reading that the server's answer already has once", () =>
    expect(withTail(raw, [{ at: 20, value: 2 }])).toEqual(raw));
  it("puts a late reading of a device's own clock where it belongs", () =>
    expect(withTail(raw, [{ at: 15, value: 9 }])).toMatchObject({ t: [10, 15, 20], value: [1, 9, 2] }));
  it("widens the newest bucket, and begins the next", () =>
    expect(
      withTail(buckets, [
        { at: 90_000, value: 11 },
        { at: 120_001, value: 0 },
        { at: 125_000, value: 4 },
      ]),
    ).toEqual({
      ...buckets,
      t: [0, 60_000, 120_000],
      min: [1, 4, 0],
      max: [3, 11, 4],
      mean: [2, 7, 2],
      count: [10, 3, 2],
    }));
  it("leaves a bucket before the newest alone: the server's next answer has it right", () =>
    expect(withTail(buckets, [{ at: 5000, value: 99 }])).toBe(buckets));
  it("makes of a tail the same buckets as of all readings at once", () => {
    const readings = fc.array(
      fc.record({ gap: fc.integer({ min: 1, max: 40 }), value: fc.integer({ min: -50, max: 50 }) }),
      {
        minLength: 2,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(readings, fc.nat(), (given, cut) => {
        let at = 0;
        const all = given.map(({ gap, value }) => {
          at += gap;
          return { at, value };
        });
        const k = 1 + (cut % (all.length - 1));
        const columns = (list: typeof all): RawColumns => ({
          tier: "raw",
          t: list.map((r) => r.at),
          value: list.map((r) => r.value),
          before: null,
        });
        const [whole, grown] = [
          toBuckets(columns(all), 25),
          withTail(toBuckets(columns(all.slice(0, k)), 25), all.slice(k)),
        ];
        expect({ ...grown, mean: [] }).toEqual({ ...whole, mean: [] });
        whole.mean.forEach((mean, i) => {
          expect((grown as BucketColumns).mean[i]).toBeCloseTo(mean);
        });
      }),
    );
  });
});
