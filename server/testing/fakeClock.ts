import type { Cancel, Clock } from "../ports";

interface Timer {
  due: number;
  order: number;
  every: number | undefined;
  run: () => void;
}

export interface FakeClock extends Clock {
  /** Moves time on and runs what falls due, in order; a timer sees the very time for which it was set. */
  advance(ms: number): void;
  /** The same, and lets promises settle before, between and after the timers. */
  advanceAsync(ms: number): Promise<void>;
  /** Somebody sets the machine's clock back: only `now` changes. Timers are not held up by it, and `monotonic` goes on. */
  setBack(ms: number): void;
  /** How many timers wait. */
  pending(): number;
}

/** A turn of the event loop: every promise that can settle has settled behind it. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Time that stands still until a test moves it. Starts at a fixed date unless told otherwise (epoch ms). */
export function createFakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let epoch = start;
  /** Since the start, as timers count it. */
  let time = 0;
  let order = 0;
  const timers = new Set<Timer>();

  const add = (ms: number, every: number | undefined, run: () => void): Cancel => {
    const timer: Timer = { due: time + Math.max(0, ms), order: order++, every, run };
    timers.add(timer);
    return () => {
      timers.delete(timer);
    };
  };

  const nextDue = (until: number): Timer | undefined => {
    let next: Timer | undefined;
    for (const timer of timers) {
      if (timer.due > until) continue;
      if (!next || timer.due < next.due || (timer.due === next.due && timer.order < next.order)) next = timer;
    }
    return next;
  };

  const fire = (timer: Timer): void => {
    time = Math.max(time, timer.due);
    if (timer.every === undefined) timers.delete(timer);
    else timer.due += Math.max(1, timer.every);
    timer.run();
  };

  return {
    now: () => epoch + time,
    monotonic: () => time,
    after: (ms, run) => add(ms, undefined, run),
    every: (ms, run) => add(ms, ms, run),
    advance(ms) {
      const until = time + ms;
      for (let timer = nextDue(until); timer; timer = nextDue(until)) fire(timer);
      time = until;
    },
    async advanceAsync(ms) {
      const until = time + ms;
      await settle();
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        fire(timer);
        await settle();
      }
      time = until;
    },
    setBack(ms) {
      epoch -= ms;
    },
    pending: () => timers.size,
  };
}
