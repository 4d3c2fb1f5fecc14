import type { Clock } from "@/lib/clock";
import type { LiveStore } from "./store";
import { pageTimers } from "./timers";

/** The server's time, once a second, shared by everything that shows ages. */
export interface Ticker {
  subscribe(listener: () => void): () => void;
  now(): number;
  /** The time in the first paint. */
  paintedAt(): number;
}

/** `startsAt`: the time in the first paint, so that server and browser write the same ages. */
export function createTicker(store: LiveStore, startsAt: number, timers: Clock = pageTimers): Ticker {
  const listeners = new Set<() => void>();
  let now = startsAt;
  let stop: (() => void) | undefined;
  function tick(): void {
    const { clockOffset } = store.getState();
    // Until the server's clock is known, ages stand still: the page's own clock may be years off.
    if (clockOffset === undefined) return;
    now = timers.now() + clockOffset;
    for (const listener of listeners) listener();
  }
  return {
    now: () => now,
    paintedAt: () => startsAt,
    subscribe(listener) {
      listeners.add(listener);
      stop ??= timers.every(1000, tick);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
  };
}
