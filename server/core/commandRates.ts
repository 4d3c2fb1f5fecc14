import type { Clock } from "../ports";

/**
 * How often commands may come (design.md §3.2): 5 a second from one person and 1 a second to one point. A slider that sends while it
 * moves has 10 a second to itself, so that its last value always goes; see docs/decisions/sliders-while-moving.md.
 */
export interface CommandRates {
  /** Undefined: it may come, and has been counted against the person. Else how long to wait, in ms. */
  check(user: string, point: string, moving: boolean): number | undefined;
  /** It was accepted: counts against the point. */
  take(user: string, point: string, moving: boolean): void;
}

const PER_USER = { burst: 5, perSecond: 5 };
const PER_POINT = { burst: 1, perSecond: 1 };
const MOVING = { burst: 10, perSecond: 10 };
type Limit = typeof PER_USER;

/** Buckets beyond this many are swept of those that are full again. */
const SWEEP_AT = 10_000;

interface Bucket {
  tokens: number;
  at: number;
}

export function createCommandRates(clock: Clock): CommandRates {
  const buckets = new Map<string, Bucket & { limit: Limit }>();

  const refilled = (key: string, limit: Limit): Bucket => {
    const now = clock.now();
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
  const pointKey = (user: string, point: string, moving: boolean): [string, Limit] =>
    moving ? [JSON.stringify(["moving", user, point]), MOVING] : [JSON.stringify(["point", point]), PER_POINT];

  return {
    check(user, point, moving) {
      const [key, limit] = pointKey(user, point, moving);
      const ofUser = JSON.stringify([moving ? "slides" : "user", user]);
      const userLimit = moving ? MOVING : PER_USER;
      const userWait = wait(ofUser, userLimit);
      if (userWait !== undefined) return userWait;
      spend(ofUser, userLimit);
      return wait(key, limit);
    },
    take(user, point, moving) {
      spend(...pointKey(user, point, moving));
    },
  };
}
