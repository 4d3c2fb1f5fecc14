import type { Clock } from "./clock";

/** Less is a clock that is kept right by running a little slower. */
const LEAST_MS = 1000;

/**
 * Answers how far the wall clock was set back since it was asked last, in ms. That it was set forward is not told: a machine that slept
 * looks the same, and silence has grown by that.
 */
export function createSetBackWatch(clock: Pick<Clock, "now" | "monotonic">): () => number {
  let offset = clock.now() - clock.monotonic();
  return () => {
    const before = offset;
    offset = clock.now() - clock.monotonic();
    return before - offset >= LEAST_MS ? before - offset : 0;
  };
}
