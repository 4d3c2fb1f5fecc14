import type { TopicFilter } from "../../../lib/topics/parse";

/**
 * Pauses discovery filters that receive many messages and find no device: where such a filter overlaps a registered topic, the broker
 * sends each message twice. Each hour a paused filter is tried again for a while.
 */

const BUSY_PER_SECOND = 50;
/** A busy filter is paused after this time without a find; a filter that has found something before gets more time. */
const NEVER_FOUND_MS = 20_000;
const FOUND_BEFORE_MS = 5 * 60_000;
const PAUSE_MS = 60 * 60_000;

export interface PausedFilter {
  filter: TopicFilter;
  /** Messages a second when it was paused. */
  perSecond: number;
  /** When it is subscribed to again, epoch ms. */
  until: number;
}

/** The messages of one filter. Mutable, because it is updated for each message. */
export interface FilterCount {
  readonly filter: TopicFilter;
  messages: number;
  foundSomething: boolean;
  /** Whether it found something since the last look. */
  found: boolean;
  /** By the monotonic clock, as every `at` here. */
  quietSince: number | undefined;
  resumeAt: number;
  paused: PausedFilter | undefined;
}

export function createNoiseWatch(filters: Iterable<TopicFilter>) {
  const counts = new Map<TopicFilter, FilterCount>();
  for (const filter of filters)
    counts.set(filter, {
      filter,
      messages: 0,
      foundSomething: false,
      found: false,
      quietSince: undefined,
      resumeAt: 0,
      paused: undefined,
    });
  let lookedAt: number | undefined;

  function look(count: FilterCount, seconds: number, now: number, at: number): boolean {
    const perSecond = count.messages / seconds;
    count.messages = 0;
    if (count.paused) {
      if (at < count.resumeAt) return false;
      count.paused = undefined;
      count.quietSince = at;
      return true;
    }
    if (count.found || perSecond <= BUSY_PER_SECOND) {
      count.quietSince = undefined;
      count.found = false;
      return false;
    }
    count.quietSince ??= at - seconds * 1000;
    if (at - count.quietSince < (count.foundSomething ? FOUND_BEFORE_MS : NEVER_FOUND_MS)) return false;
    count.resumeAt = at + PAUSE_MS;
    count.paused = { filter: count.filter, perSecond: Math.round(perSecond), until: now + PAUSE_MS };
    return true;
  }

  return {
    countOf: (filter: string): FilterCount | undefined => counts.get(filter as TopicFilter),
    isPaused: (filter: TopicFilter): boolean => counts.get(filter)?.paused !== undefined,
    paused: (): PausedFilter[] => [...counts.values()].flatMap(({ paused }) => paused ?? []),
    /** Called regularly; returns whether a filter was paused or resumed. */
    review(now: number, at: number): boolean {
      const seconds = lookedAt === undefined ? 0 : (at - lookedAt) / 1000;
      lookedAt = at;
      if (seconds <= 0) return false;
      let changed = false;
      for (const count of counts.values()) changed = look(count, seconds, now, at) || changed;
      return changed;
    },
  };
}

/** Notes one message for each filter that it matches. */
export function noteHeard(counts: readonly FilterCount[], found: boolean): void {
  for (const count of counts) {
    count.messages++;
    if (!found) continue;
    count.found = true;
    count.foundSomething = true;
  }
}
