import { expect, test } from "vitest";
import { createSilence } from "./silence";

function made() {
  const at = { now: 1_000_000, monotonic: 500 };
  const silence = createSilence({
    now: () => at.now,
    monotonic: () => at.monotonic,
    after: () => () => undefined,
    every: () => () => undefined,
  });
  silence.end();
  return { at, silence };
}

test("FR-61: silence is the longer of what the two clocks tell", () => {
  const { at, silence } = made();
  at.now += 3000;
  at.monotonic += 3000;
  expect([silence.ms(), silence.since()]).toEqual([3000, 1_000_000]);
  // Asleep: the monotonic clock stood still.
  at.now += 60_000;
  expect([silence.ms(), silence.since()]).toEqual([63_000, 1_000_000]);
  // The clock was set back.
  at.now -= 3_600_000;
  at.monotonic += 9000;
  expect(silence.ms()).toBe(12_000);
});

test("FR-61: it ends when the server is heard, and its mark tells that it was", () => {
  const { at, silence } = made();
  const before = silence.mark();
  at.monotonic += 4000;
  at.now += 4000;
  expect(silence.mark()).toBe(before);
  silence.end();
  expect(silence.mark()).not.toBe(before);
  expect(silence.ms()).toBe(0);
});
