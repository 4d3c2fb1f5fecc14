import type { Clock } from "@/lib/clock";

/** How long nothing was heard of the server. */
export interface Silence {
  end(): void;
  ms(): number;
  /** Since when, epoch ms. */
  since(): number;
  /** Changes each time the server is heard. */
  mark(): number;
}

export function createSilence(timers: Clock): Silence {
  let endedAt = 0;
  /** By the monotonic clock. */
  let endedMark = 0;
  /** The longer by either clock: the monotonic one may stand still while the machine sleeps, the other one may be set back. */
  const ms = (): number => Math.max(timers.now() - endedAt, timers.monotonic() - endedMark);
  return {
    end() {
      endedAt = timers.now();
      endedMark = timers.monotonic();
    },
    ms,
    since: () => timers.now() - Math.round(ms()),
    mark: () => endedMark,
  };
}
