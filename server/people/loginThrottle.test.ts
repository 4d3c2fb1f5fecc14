import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLoginThrottle } from "./loginThrottle";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("AC-7, AC-72: ten passwords in any quarter of an hour, fewer the longer it goes on, and asking meanwhile adds nothing", async () => {
  const throttle = createLoginThrottle();
  const checked: number[] = [];
  const waits: number[] = [];
  for (let now = 0; now < 24 * 3600; ) {
    const attempt = await throttle.take("ada", "192.0.2.1");
    if (attempt.ok) {
      checked.push(now);
      // Slowly at first, so that the guesses lie across the windows of a counter that begins anew.
      await vi.advanceTimersByTimeAsync(now < 900 ? 200_000 : 1000);
      now += now < 900 ? 200 : 1;
      continue;
    }
    const { retryAfter } = attempt.error;
    waits.push(retryAfter);
    await vi.advanceTimersByTimeAsync((retryAfter - 1) * 1000);
    expect(await throttle.take("ada", "192.0.2.1")).toMatchObject({ ok: false });
    await vi.advanceTimersByTimeAsync(1000);
    now += retryAfter;
  }
  for (const at of checked) expect(checked.filter((other) => other >= at && other < at + 900).length).toBeLessThan(11);
  expect(waits.at(-1)).toBe(3600);
  expect(checked.length).toBeGreaterThan(50);
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

test("FA-109: nobody waits longer to sign in where the clock was set back", async () => {
  const throttle = createLoginThrottle();
  const take = async () => {
    const attempt = await throttle.take("ada", "192.0.2.1");
    return attempt.ok ? 0 : attempt.error.retryAfter;
  };
  const setBack = () => vi.setSystemTime(Date.now() - 3_600_000);
  for (let i = 0; i < 5; i++) expect(await take()).toBe(0);
  expect(await take()).toBe(30);
  setBack();
  expect(await take()).toBeLessThanOrEqual(30);
  await vi.advanceTimersByTimeAsync(30_000);
  for (let i = 0; i < 5; i++) expect(await take()).toBe(0);
  // Ten within a quarter of an hour: the first of them is half a minute old.
  expect(await take()).toBe(870);
  setBack();
  expect(await take()).toBe(870);
});
