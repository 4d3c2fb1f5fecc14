import type { ViewAge } from "@/lib/command";

/**
 * The server's own time stamp that came last on this connection, and how long ago by a clock that nobody can set: how old the page's
 * view is. A command carries it, so that the server can tell a press of now from one that was held up on its way.
 */
export interface ServerStamps {
  heard(stamp: { epoch: string; now: number }): void;
  /** The connection has ended: what came on it says nothing of the next one. */
  forget(): void;
  /** Null: nothing came yet on this connection. */
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
