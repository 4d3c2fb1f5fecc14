import type { ViewAge } from "@/lib/command";

/**
 * The server's last time stamp on this connection, and how long ago it arrived by a monotonic clock: that is the age of the page's view.
 * Commands carry it, so that the server can reject one that was delayed on its way.
 */
export interface ServerStamps {
  heard(stamp: { epoch: string; now: number }): void;
  /** Called when the connection ends: its stamps are not valid for the next one. */
  forget(): void;
  /** Null: no stamp has arrived on this connection yet. */
  age(): ViewAge | null;
}

export function createServerStamps(monotonic: () => number = () => performance.now()): ServerStamps {
  let last: { epoch: string; now: number; at: number } | undefined;
  return {
    heard({ epoch, now }) {
      last = { epoch, now, at: monotonic() };
    },
    forget() {
      last = undefined;
    },
    age: () => (last ? { epoch: last.epoch, stamp: last.now, since: Math.max(0, monotonic() - last.at) } : null),
  };
}
