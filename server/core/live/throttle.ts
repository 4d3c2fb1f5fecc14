import type { Cancel, Clock } from "../../ports";

/** Runs soon after it was asked, and not again before `ms` have passed; what is asked meanwhile is one more run. */
export function createThrottle(clock: Clock, ms: number, run: () => void) {
  let waiting: Cancel | undefined;
  let ranAt = Number.NEGATIVE_INFINITY;
  return {
    ask(): void {
      if (waiting) return;
      waiting = clock.after(Math.max(0, ranAt + ms - clock.monotonic()), () => {
        waiting = undefined;
        ranAt = clock.monotonic();
        run();
      });
    },
    stop(): void {
      waiting?.();
      waiting = undefined;
    },
  };
}
