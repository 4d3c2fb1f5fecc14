import type { Clock } from "./ports";

/** Node fires at once when a delay does not fit 31 bits; almost 25 days is as far as a timer here can mean. */
const MAX_DELAY = 2 ** 31 - 1;

/** Real time. Its timers never hold the process open: what keeps the server alive is that it listens. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(ms, MAX_DELAY));
    timer.unref();
    return () => clearTimeout(timer);
  },
  every(ms, run) {
    const timer = setInterval(run, Math.min(ms, MAX_DELAY));
    timer.unref();
    return () => clearInterval(timer);
  },
};
