import { type ConnectionParts, createConnection } from "../components/live/connection";
import { createServerStamps } from "../components/live/serverStamps";
import type { SocketOptions } from "../components/live/socket";
import { createLiveStore, type LiveData } from "../components/live/store";
import type { Snapshot } from "../lib/protocol";
import { liveWire } from "./liveWire";

export interface NodePageOptions extends Partial<Omit<ConnectionParts, "socket" | "store" | "stamps">> {
  url: string;
  cookie: string;
  /** What stood in the page's HTML; absent: nothing. */
  painted?: Snapshot;
  /** The clock of the server's stamps; absent: the real one. */
  monotonic?: () => number;
  retryMs?: SocketOptions["retryMs"];
  /** The version of the protocol that the page says it speaks; absent: the present one. A function: at each connection. */
  protocol?: number | (() => number);
}

const NOTHING: Snapshot = { room: "", epoch: "", rev: 0, now: 0, points: [], values: [], commands: [], brokers: [] };

/** A page without a browser: its own store, socket and connection in Node. `connection.start()` opens it. */
export function openNodePage(options: NodePageOptions) {
  const { url, cookie, painted = NOTHING, monotonic, retryMs, protocol, ...parts } = options;
  const store = createLiveStore(painted);
  const { socket, opened, cut } = liveWire(url, cookie, {
    ...(retryMs && { retryMs }),
    ...(protocol && { protocol: typeof protocol === "number" ? () => protocol : protocol }),
  });
  const stamps = createServerStamps(monotonic);
  const connection = createConnection({ view: { kind: "everything" }, ...parts, socket, store, stamps });
  /** Resolves with the first data that meets the condition, those of now included. */
  const until = (met: (data: LiveData) => boolean): Promise<LiveData> =>
    new Promise((resolve) => {
      const look = (data: LiveData): void => {
        if (!met(data)) return;
        stop();
        resolve(data);
      };
      const stop = store.subscribe(look);
      look(store.getState());
    });
  return { store, socket, opened, cut, stamps, connection, until };
}
