import { expect, test } from "vitest";
import { createFakeClock } from "../../testing/fakeClock";
import { createThrottle } from "./throttle";

test("FA-109: what is done at most once a second is done a second later also where the clock was set back meanwhile", () => {
  const clock = createFakeClock();
  let runs = 0;
  const throttle = createThrottle(clock, 1000, () => runs++);
  throttle.ask();
  clock.advance(0);
  expect(runs).toBe(1);
  clock.setBack(3_600_000);
  throttle.ask();
  clock.advance(999);
  expect(runs).toBe(1);
  clock.advance(1);
  expect(runs).toBe(2);
});
