import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLoginThrottle } from "./throttle";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function waitAfterGuesses(throttle: ReturnType<typeof createLoginThrottle>): Promise<number> {
  for (let i = 0; i < 100; i++) {
    const attempt = await throttle.take("ada", "192.0.2.1");
    if (!attempt.ok) return attempt.error.retryAfter;
  }
  throw new Error("never refused");
}

test("AC-7: the wait doubles with each round of guesses, up to an hour, and asking during it adds nothing", async () => {
  const throttle = createLoginThrottle();
  const waits: number[] = [];
  for (let round = 0; round < 9; round++) {
    const wait = await waitAfterGuesses(throttle);
    waits.push(wait);
    await vi.advanceTimersByTimeAsync((wait - 1) * 1000);
    expect(await throttle.take("ada", "192.0.2.1")).toEqual({ ok: false, error: { retryAfter: 1 } });
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
});

test("AC-7: one network that tries many names is slowed down as a whole", async () => {
  const throttle = createLoginThrottle();
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) => throttle.take(`user${i}`, `2001:db8:1:2::${i}`)),
  );
  expect(answers.filter((a) => a.ok)).toHaveLength(30);
  expect((await throttle.take("ada", "2001:db8:1:3::1")).ok).toBe(true);
});

test("AC-7: success forgets the account's strikes but forgives the network only that one attempt", async () => {
  const throttle = createLoginThrottle();
  for (let i = 0; i < 29; i++) await throttle.take(`user${i}`, "192.0.2.1");
  for (let i = 0; i < 3; i++) {
    const own = await throttle.take("mallory", "192.0.2.1");
    if (!own.ok) throw new Error("refused");
    await own.value.succeeded();
  }
  expect((await throttle.take("user30", "192.0.2.1")).ok).toBe(true);
  expect((await throttle.take("user31", "192.0.2.1")).ok).toBe(false);
});
