import type { Brokers, InboundMessage, Log } from "../../ports";

/** What one message may hold the event loop for. */
const SLOW_MS = 50;
const LOG_EVERY_MS = 10_000;

export interface SlowMessages {
  readonly brokers: Brokers;
  counters(): { slow: number; slowestMs: number };
}

/**
 * The same brokers, with the time measured that each message takes until everything is done with it: those that take too long are
 * counted and logged by their topic, so that what holds the event loop has a name. `elapsed`: milliseconds of a monotonic clock.
 */
export function watchSlowMessages(
  brokers: Brokers,
  { log, elapsed }: { log: Log; elapsed: () => number },
): SlowMessages {
  const counters = { slow: 0, slowestMs: 0 };
  let loggedAt = Number.NEGATIVE_INFINITY;
  let unlogged = 0;

  function note({ broker, topic, payload }: InboundMessage, ms: number, now: number): void {
    counters.slow++;
    counters.slowestMs = Math.max(counters.slowestMs, Math.round(ms));
    if (now - loggedAt < LOG_EVERY_MS) {
      unlogged++;
      return;
    }
    log.warn(
      { broker, topic, bytes: payload.length, ms: Math.round(ms), ...(unlogged > 0 && { unlogged }) },
      `a message took longer than ${SLOW_MS} ms to handle`,
    );
    loggedAt = now;
    unlogged = 0;
  }

  return {
    brokers: {
      ...brokers,
      onMessage: (listener) =>
        brokers.onMessage((message) => {
          const from = elapsed();
          listener(message);
          const now = elapsed();
          if (now - from > SLOW_MS) note(message, now - from, now);
        }),
    },
    counters: () => ({ ...counters }),
  };
}
