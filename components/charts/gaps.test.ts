import { describe, expect, it } from "vitest";
import type { BucketColumns, RawColumns } from "./columns";
import { gapLimit, paceOf } from "./gaps";

const every = (ms: number, n: number, jitter = 0): number[] =>
  Array.from({ length: n }, (_, i) => i * ms + (i % 2) * jitter);
const raw = (t: number[]): RawColumns => ({ tier: "raw", t, value: t.map(() => 1), before: null });
const buckets = (t: number[], each: number): BucketColumns => ({
  tier: "bucket",
  step: 1000,
  t,
  min: t,
  max: t,
  mean: t,
  count: t.map(() => each),
  before: null,
});

describe("paceOf", () => {
  it.each<[string, number[], number | undefined]>([
    ["steady", every(1000, 20), 1000],
    ["steady with jitter", every(1000, 20, 300), 1300],
    ["steady with a gap", [...every(1000, 20), ...every(1000, 20).map((t) => t + 90_000)], 1000],
    ["on change", [0, 10, 5000, 5300, 90_000, 91_000, 400_000], undefined],
    ["too few to tell", every(1000, 4), undefined],
  ])("of readings %s", (_what, t, pace) => expect(paceOf(t)).toBe(pace));
});

describe("gapLimit", () => {
  it.each<[string, number | undefined, number | undefined]>([
    ["half a minute at least", gapLimit(raw(every(1000, 50)), undefined), 30_000],
    ["five missed readings", gapLimit(raw(every(60_000, 50)), undefined), 300_000],
    ["the pace that the server knows, where there are too few readings", gapLimit(raw([0]), 60_000), 300_000],
    ["none for what speaks only on change: a value holds until the next", gapLimit(raw([0, 9]), undefined), undefined],
    ["one missing bucket where each is full", gapLimit(buckets(every(1000, 9), 10), undefined), 1500],
    ["as for readings where buckets hold one each", gapLimit(buckets(every(1000, 9), 1), undefined), 30_000],
    ["none for buckets on change", gapLimit(buckets([0, 9000, 11_000], 1), undefined), undefined],
  ])("%s", (_what, limit, expected) => expect(limit).toBe(expected));
});
