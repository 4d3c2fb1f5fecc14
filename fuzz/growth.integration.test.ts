import { expect, test } from "vitest";
import { fuzz } from "./fuzz";
import { faultsOf } from "./growth";
import { FAMILIES } from "./targets";

/**
 * Each family within a time that `npm test` can spare, a minute for all, and the same inputs in each run: a test that draws lots fails
 * by chance. `npm run fuzz -- --seconds 600` looks further, and what it finds becomes a test of its own.
 */
const SECONDS = 6;
const START = 0;
const SEED = 1;

async function faultsWithin(family: string, start: number): Promise<string[]> {
  const targets = (await FAMILIES[family]?.()) ?? [];
  const end = performance.now() + SECONDS * 1000;
  const isOver = () => performance.now() >= end;
  const faults: string[] = [];
  for (let i = 0; i < targets.length && !isOver() && faults.length < 5; i++) {
    const target = targets[(start * STRIDE + i * STRIDE) % targets.length];
    if (target) faults.push(...faultsOf(target, isOver, start * STRIDE));
  }
  return faults;
}

/** A prime, so that neighbours (the same decoder in another way) do not come one after the other. */
const STRIDE = 7919;

test.each(Object.keys(FAMILIES))(
  "HB-1: %s take time that grows no more than linearly, and hold the thread for at most 50 ms at the largest input",
  async (family) => {
    expect(await faultsWithin(family, START)).toEqual([]);
  },
);

test("HB-2: random hostile input holds nothing for more than 50 ms", async () => {
  const { fault, tried } = await fuzz(SECONDS, SEED);
  expect(fault).toBeUndefined();
  expect(tried).toBeGreaterThan(0);
});
