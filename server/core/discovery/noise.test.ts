import { expect, test } from "vitest";
import type { TopicFilter } from "../../../lib/topics/parse";
import { createFakeClock } from "../../testing/fakeClock";
import { createNoiseWatch, type FilterCount, noteHeard } from "./noise";

const LOUD = "#" as TopicFilter;

test("FA-109: a filter that hears much and finds nothing is paused for an hour, whatever the clock is set to", () => {
  const clock = createFakeClock();
  const noise = createNoiseWatch([LOUD]);
  const look = (ms: number) => {
    clock.advance(ms);
    return noise.review(clock.now(), clock.monotonic());
  };
  const counts = [noise.countOf(LOUD) as FilterCount];
  const hear = () => {
    for (let i = 0; i < 1000; i++) noteHeard(counts, false);
  };
  look(5000);
  hear();
  look(5000);
  clock.setBack(3_600_000);
  for (let looks = 0; looks < 3; looks++) {
    hear();
    look(5000);
  }
  expect(noise.isPaused(LOUD)).toBe(true);
  expect(noise.paused()).toMatchObject([{ filter: LOUD, perSecond: 200, until: clock.now() + 3_600_000 }]);
  clock.setBack(3_600_000);
  look(3_599_000);
  expect(noise.isPaused(LOUD)).toBe(true);
  expect(look(1000)).toBe(true);
  expect(noise.isPaused(LOUD)).toBe(false);
});
