import { expect, test } from "vitest";
import { createSetBackWatch } from "./setBackWatch";

test("LV-108: a clock that is set back is told once; one that is set forward, or runs a little slower, is none", () => {
  let [now, time] = [1_000_000, 0];
  const pass = (ms: number, wall = ms) => {
    time += ms;
    now += wall;
  };
  const setBackBy = createSetBackWatch({ now: () => now, monotonic: () => time });
  pass(1000);
  expect(setBackBy()).toBe(0);
  pass(1000, -59_000);
  expect(setBackBy()).toBe(60_000);
  pass(1000);
  expect(setBackBy()).toBe(0);
  pass(1000, 3_600_000);
  expect(setBackBy()).toBe(0);
  pass(1000, 900);
  expect(setBackBy()).toBe(0);
});
