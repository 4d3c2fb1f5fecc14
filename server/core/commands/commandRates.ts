import type { Clock } from "../../ports";

/**
 * How often commands may come (rule CM-5): 5 a second from one person, and to one point two at once, then one a second. A slider
 * that sends while it moves has 10 a second to itself, so that its last value always goes; see docs/decisions/sliders-while-moving.md.
 * A reversal (off after the same person's on) is never refused to a person: its limit is above what a hand can do, and stops a loop.
 */
export type Pace = "single" | "moving" | "reversal";

export interface CommandRates {
  /** Undefined: it may come, and has been counted against the person. Else how long to wait, in ms. */
  check(user: string, point: string, pace: Pace): number | undefined;
  /** It was accepted: counts against the point. */
  take(user: string, point: string, pace: Pace): void;
}

interface Limit {
  burst: number;
  perSecond: number;
}
const PER_USER: Limit = { burst: 5, perSecond: 5 };
const PER_POINT: Limit = { burst: 2, perSecond: 1 };
const BY_HAND: Limit = { burst: 10, perSecond: 10 };

/** Buckets beyond this many are swept of those that are full again. */
const SWEEP_AT = 10_000;

interface Bucket {
  tokens: number;
  at: number;
}

export function createCommandRates(clock: Clock): CommandRates {
  const buckets = new Map<string, Bucket & { limit: Limit }>();

  const refilled = (key: string, limit: Limit): Bucket => {
    const now = clock.monotonic();
    const bucket = buckets.get(key);
    if (!bucket) {
      if (buckets.size >= SWEEP_AT) sweep(now);
      const fresh = { tokens: limit.burst, at: now, limit };
      buckets.set(key, fresh);
      return fresh;
    }
    bucket.tokens = Math.min(limit.burst, bucket.tokens + ((now - bucket.at) / 1000) * limit.perSecond);
    bucket.at = now;
    return bucket;
  };
  const sweep = (now: number): void => {
    for (const [key, { tokens, at, limit }] of buckets)
      if (tokens + ((now - at) / 1000) * limit.perSecond >= limit.burst) buckets.delete(key);
  };
  // A thousandth forgives what adding fractions costs.
  const wait = (key: string, limit: Limit): number | undefined => {
    const { tokens } = refilled(key, limit);
    return tokens >= 0.999 ? undefined : Math.ceil(((1 - tokens) / limit.perSecond) * 1000);
  };
  const spend = (key: string, limit: Limit): void => {
    refilled(key, limit).tokens -= 1;
  };
  const userKey = (user: string, pace: Pace): [string, Limit] => [
    JSON.stringify(["user", pace, user]),
    pace === "single" ? PER_USER : BY_HAND,
  ];
  const pointKey = (user: string, point: string, pace: Pace): [string, Limit] =>
    pace === "single" ? [JSON.stringify(["point", point]), PER_POINT] : [JSON.stringify([pace, user, point]), BY_HAND];

  return {
    check(user, point, pace) {
      const ofUser = userKey(user, pace);
      const userWait = wait(...ofUser);
      const pointWait = wait(...pointKey(user, point, pace));
      // Whoever comes back after the shorter of the two is refused again.
      if (userWait !== undefined) return Math.max(userWait, pointWait ?? 0);
      spend(...ofUser);
      return pointWait;
    },
    take(user, point, pace) {
      spend(...pointKey(user, point, pace));
    },
  };
}
