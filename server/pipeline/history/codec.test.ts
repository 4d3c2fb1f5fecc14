import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BLOCK, blockEnd, mergeColumns, readBlock, writeBlock } from "./block";
import { Buckets } from "./buckets";
import { ByteReader, ByteWriter } from "./bytes";
import { mergeRollups, readRollup, rollUp, writeRollup } from "./rollup";
import { bucketsIn, chooseStep, TIERS, tierName } from "./tiers";

const time = fc.integer({ min: -1_000_000, max: 4_102_444_800_000 });
const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.integer({ min: -50_000, max: 50_000 }).map((n) => n / 100),
  fc.integer({ min: -50_000, max: 50_000 }).map((n) => Number((n * 1e-8).toFixed(8))),
  fc.constantFrom(0, -0, 1e308, -1e-308, 2 ** 53, 5e-324),
);
const columns = fc.array(fc.tuple(time, anyNumber), { maxLength: 200 }).map((rows) => {
  rows.sort((a, b) => a[0] - b[0]);
  return { t: Float64Array.from(rows, (r) => r[0]), value: Float64Array.from(rows, (r) => r[1]) };
});
const decimals = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3_600_000 }), fc.integer({ min: -9999, max: 9999 })), { maxLength: 100 })
  .map((rows) => {
    rows.sort((a, b) => a[0] - b[0]);
    return { t: Float64Array.from(rows, (r) => r[0]), value: Float64Array.from(rows, (r) => r[1] / 10) };
  });

describe("blocks", () => {
  test("HI-1: whole numbers come back from bytes as they were", () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), (numbers) => {
        const out = new ByteWriter();
        for (const n of numbers) {
          out.whole(Math.abs(n));
          out.signed(Math.trunc(n / 2));
        }
        const from = new ByteReader(out.take());
        for (const n of numbers) {
          expect(from.whole()).toBe(Math.abs(n));
          expect(from.signed() === Math.trunc(n / 2)).toBe(true);
        }
      }),
    );
  });

  test("HI-1: any numbers at any times come back bit for bit", () => {
    fc.assert(
      fc.property(columns, (given) => {
        const back = readBlock(writeBlock(given));
        expect([...back.t]).toEqual([...given.t]);
        expect(back.value.every((v, i) => Object.is(v, given.value[i]))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("HI-1: a block that ends too early is an error, not numbers", () => {
    const bytes = writeBlock({ t: Float64Array.of(1, 2, 3), value: Float64Array.of(0.1, Math.PI, 3) });
    for (let end = 0; end < bytes.length; end++) expect(() => readBlock(bytes.subarray(0, end))).toThrow(RangeError);
  });

  test("HI-2: decimal numbers at a steady pace take few bytes", () => {
    const rows = Array.from({ length: 1000 }, (_, i) => i);
    const t = Float64Array.from(rows, (i) => 1_700_000_000_000 + i * 1000);
    const value = Float64Array.from(rows, (i) => Math.round(200 + 30 * Math.sin(i / 50)) / 10);
    expect(writeBlock({ t, value }).length).toBeLessThan(2100);
  });

  test("HI-3: blocks are cut between milliseconds, in order, none too long", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3000 }),
        fc.integer({ min: 1, max: 700 }),
        (gaps, count) => {
          let now = 0;
          const t = gaps.map((gap) => {
            now += gap === 3 ? 3_600_000 : gap;
            return now;
          });
          for (let start = 0; start < t.length; ) {
            const end = blockEnd(t, start, count);
            expect(end).toBeGreaterThan(start);
            expect(t[end]).not.toBe(t[end - 1]);
            expect((t[end - 1] as number) - (t[start] as number)).toBeLessThanOrEqual(BLOCK.spanMs);
            if (end - start > count) expect(t[start]).toBe(t[end - 1]);
            start = end;
          }
        },
      ),
      { numRuns: 100 },
    );
    expect(blockEnd(new Float64Array(5000), 0, 100)).toBe(5000);
  });

  test("HI-3: merging keeps the order of time, and of what came first", () => {
    const merged = mergeColumns(
      { t: Float64Array.of(1, 5, 5), value: Float64Array.of(10, 50, 51) },
      { t: Float64Array.of(0, 5, 9), value: Float64Array.of(0, 52, 90) },
    );
    expect([...merged.t]).toEqual([0, 1, 5, 5, 5, 9]);
    expect([...merged.value]).toEqual([0, 10, 50, 51, 52, 90]);
  });
});

describe("roll-ups", () => {
  const naive = ({ t, value }: { t: Float64Array; value: Float64Array }, length: number) => {
    const buckets = new Map<number, number[]>();
    for (const [i, at] of t.entries()) {
      const bucket = Math.floor(at / length);
      buckets.set(bucket, [...(buckets.get(bucket) ?? []), value[i] as number]);
    }
    return [...buckets].map(([bucket, values]) => ({
      bucket,
      count: values.length,
      min: Math.min(...values),
      max: Math.max(...values),
      sum: values.reduce((a, b) => a + b, 0),
      last: values.at(-1),
    }));
  };
  const asRows = (r: ReturnType<typeof rollUp>) =>
    [...r.bucket].map((bucket, i) => ({
      bucket,
      count: r.count[i],
      min: r.min[i],
      max: r.max[i],
      sum: r.sum[i],
      last: r.last[i],
    }));

  test("HI-4: min, max, sum, count and last of each bucket are those of its readings, through bytes too", () => {
    fc.assert(
      fc.property(decimals, (given) => {
        const expected = naive(given, 60_000).map((row) => ({ ...row, sum: expect.closeTo(row.sum, 6) }));
        const rolled = rollUp(given, 60_000);
        expect(asRows(rolled)).toEqual(expected);
        const back = readRollup(writeRollup(rolled, 60_000), 60_000);
        expect(asRows(back)).toEqual(expected);
        expect([...back.lastAt]).toEqual([...rolled.lastAt]);
      }),
    );
  });

  test("HI-5: readings rolled up in parts, however late some came, give the same as all at once", () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const whole = rollUp(mergeColumns(a, b), 60_000);
        const parts = mergeRollups(rollUp(a, 60_000), rollUp(b, 60_000));
        expect(asRows(parts)).toEqual(
          asRows(whole).map((row) => ({ ...row, sum: expect.closeTo(row.sum as number, 6) })),
        );
      }),
    );
  });

  test("HI-6: buckets of a chart hold the lowest and the highest of what falls into them, from readings as from roll-ups", () => {
    fc.assert(
      fc.property(decimals, (given) => {
        const byReadings = new Buckets(0, 3_600_001, 300_000);
        byReadings.addNumbers(given);
        const byRollup = new Buckets(0, 3_600_001, 300_000);
        byRollup.addRollup(rollUp(given, 60_000), 60_000);
        const { mean, ...exact } = byReadings.columns();
        const rolled = byRollup.columns();
        expect(rolled).toMatchObject(exact);
        for (const [i, m] of mean.entries()) expect(rolled.mean[i]).toBeCloseTo(m, 6);
        expect(exact.count.reduce((a, b) => a + b, 0)).toBe(given.t.length);
      }),
    );
  });
});

describe("the length of a bucket", () => {
  test("HI-7: never more buckets than asked for, and from a tier that divides it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 1, max: 1e12 }),
        fc.integer({ min: 2, max: 10_000 }),
        (from, span, width) => {
          const { step, tier } = chooseStep(from, from + span, width);
          expect(bucketsIn(from, from + span, step)).toBeLessThanOrEqual(width);
          if (tier) expect(step % TIERS[tier]).toBe(0);
          else expect(step).toBeLessThan(60_000);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each([
    [3_600_000, 1000, 5000, undefined, "bucket"],
    [86_400_000, 1500, 60_000, "1m", "1m"],
    [86_400_000, 1000, 120_000, "1m", "bucket"],
    [7 * 86_400_000, 700, 900_000, "15m", "15m"],
    [365 * 86_400_000, 1500, 21_600_000, "6h", "6h"],
    [365 * 86_400_000, 1000, 43_200_000, "6h", "bucket"],
  ])("HI-7: %i ms in %i pixels are buckets of %i ms", (span, width, step, tier, name) => {
    const from = Date.UTC(2026, 0, 1);
    expect(chooseStep(from, from + span, width)).toEqual({ step, tier });
    expect(tierName(step)).toBe(name);
  });
});
