import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { err, ok, type Result } from "../../lib/result";

/** Seconds to wait. */
interface Throttled {
  retryAfter: number;
}

interface LoginThrottle {
  /**
   * Counts an attempt before the password is looked at, so that many at once are no way around.
   * `succeeded` takes it back.
   */
  take(account: string, address: string): Promise<Result<{ succeeded(): Promise<void> }, Throttled>>;
}

const MINUTES = 60;
const FIRST_WAIT = 30;
const LONGEST_WAIT = 60 * MINUTES;
const STRIKES_KEPT = 24 * 60 * MINUTES;

/** So many passwords of one account are looked at from one network, in any such time, and no more. */
const MOST_CHECKS = 10;
const CHECKS_WITHIN_MS = 15 * MINUTES * 1000;
/** Forgetting the oldest lets an attacker with many networks in again, who is then met by the other limits. */
const MOST_KEYS = 50_000;

/**
 * Slows down guessing: 5 attempts for one account from one network, 30 for one network whatever the account, and never more than ten for
 * one account from one network in a quarter of an hour. Each time that is
 * used up the wait doubles, from half a minute to an hour. Nothing is counted for an account alone: a stranger elsewhere must not
 * lock its owner out. `monotonic` never goes back, as a wall clock that is set does.
 */
export function createLoginThrottle(monotonic: () => number = () => performance.now()): LoginThrottle {
  const pair = growing("pair", 5);
  const wide = growing("wide", 30);
  const checks = new Map<string, number[]>();

  const recent = (key: string, now: number) => (checks.get(key) ?? []).filter((at) => now - at < CHECKS_WITHIN_MS);

  /** Seconds until another password may be looked at; undefined: now. */
  function waitForCheck(key: string, now: number): number | undefined {
    const [oldest, ...more] = recent(key, now);
    if (oldest === undefined || more.length + 1 < MOST_CHECKS) return undefined;
    return Math.ceil((oldest + CHECKS_WITHIN_MS - now) / 1000);
  }

  function countCheck(key: string, now: number): void {
    const times = [...recent(key, now), now];
    checks.delete(key);
    checks.set(key, times);
    if (checks.size > MOST_KEYS) checks.delete(checks.keys().next().value as string);
  }

  return {
    async take(account, address) {
      const network = networkOf(address);
      const key = `${account.toLowerCase()}\n${network}`;
      // Looked at first, and counted last: asking while one has to wait adds nothing.
      const full = waitForCheck(key, monotonic());
      if (full !== undefined) return err({ retryAfter: full });
      for (const [limiter, of] of [
        [pair, key],
        [wide, network],
      ] as const) {
        const wait = await limiter.take(of);
        if (wait !== undefined) return err({ retryAfter: wait });
      }
      countCheck(key, monotonic());
      return ok({
        async succeeded() {
          checks.delete(key);
          await pair.forget(key);
          await wide.giveBack(network);
        },
      });
    },
  };
}

/** Seconds, after so many strikes. */
const waitAfter = (strikes: number): number => Math.min(FIRST_WAIT * 2 ** (strikes - 1), LONGEST_WAIT);

function growing(name: string, points: number) {
  const limiter = new RateLimiterMemory({ keyPrefix: name, points, duration: 15 * MINUTES });
  const strikes = new RateLimiterMemory({ keyPrefix: `${name}-strikes`, points: 1, duration: STRIKES_KEPT });
  return {
    /** Seconds to wait, or undefined: go on. */
    async take(key: string): Promise<number | undefined> {
      try {
        await limiter.consume(key);
        return undefined;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        // Only the attempt that crosses the line makes the wait longer; those during the wait do not.
        if (refusal.consumedPoints > points + 1) {
          const left = Math.ceil(refusal.msBeforeNext / 1000);
          // The limiter ends a wait by a timer, but tells the rest of it by the wall clock, which may have been set back.
          return Math.min(left, waitAfter((await strikes.get(key))?.consumedPoints ?? 1));
        }
        const { consumedPoints } = await strikes.penalty(key);
        const wait = waitAfter(consumedPoints);
        await limiter.block(key, wait);
        return wait;
      }
    },
    async giveBack(key: string) {
      await limiter.reward(key);
    },
    async forget(key: string) {
      await limiter.delete(key);
      await strikes.delete(key);
    },
  };
}

/** An IPv6 customer owns a /64 and could use a new address for every guess. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
