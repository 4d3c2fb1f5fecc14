import { expect, test } from "vitest";
import { createFakeClock } from "./fakeClock";

test("timers run in the order of their time and see it", () => {
  const clock = createFakeClock(1000);
  const seen: [string, number][] = [];
  clock.after(50, () => seen.push(["b", clock.now()]));
  clock.after(20, () => seen.push(["a", clock.now()]));
  const stop = clock.every(30, () => seen.push(["tick", clock.now()]));
  clock.advance(60);
  stop();
  clock.advance(100);
  expect(seen).toEqual([
    ["a", 1020],
    ["tick", 1030],
    ["b", 1050],
    ["tick", 1060],
  ]);
  expect(clock.now()).toBe(1160);
  expect(clock.pending()).toBe(0);
});

test("advanceAsync lets a promise set the next timer in between", async () => {
  const clock = createFakeClock(0);
  const seen: number[] = [];
  const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  void (async () => {
    await wait(10);
    seen.push(clock.now());
    await wait(10);
    seen.push(clock.now());
  })();
  await clock.advanceAsync(25);
  expect(seen).toEqual([10, 20]);
});

test("a clock that is set back holds up no timer", () => {
  const clock = createFakeClock(1_000_000);
  const seen: [number, number][] = [];
  clock.every(20, () => seen.push([clock.now(), clock.monotonic()]));
  clock.advance(20);
  clock.setBack(5000);
  clock.advance(20);
  expect(seen).toEqual([
    [1_000_020, 20],
    [995_040, 40],
  ]);
});
