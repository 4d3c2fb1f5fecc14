import type { BrokerId } from "../../lib/ids";
import type { HeardMessage, HeardPast, StandbyRing } from "../pipeline/cluster/ring";
import type { Cancel, Clock, InboundMessage, Unsubscribe } from "../ports";

/** The messages of one broker, on every filter that is recorded, over a connection of this process with a clean session. */
export interface RecordingFeed {
  open(
    broker: BrokerId,
    on: {
      /** Connected, and every filter is subscribed. */
      connected(): void;
      disconnected(): void;
      message(message: InboundMessage): void;
    },
  ): Unsubscribe;
}

export interface RecordingListenerParts {
  broker: BrokerId;
  feed: RecordingFeed;
  ring: StandbyRing;
  clock: Clock;
  on: {
    message(message: InboundMessage): void;
    lost(at: number): void;
    /** The connection is there again, or for the first time. */
    back(lostFrom: number, at: number): void;
  };
}

export interface RecordingListener {
  open(): void;
  /** When the ring has grown old: until then this node may come to record again, and have heard everything. */
  closeLater(): void;
  close(): void;
  /** Since when there is no connection. */
  lostAt(): number | undefined;
  past(since?: number): HeardPast;
  /** What was heard since then. */
  after(past: HeardPast): readonly HeardMessage[];
  isOpen(): boolean;
}

const KEEP_LISTENING_MS = 30_000;
const WATCH_MS = 500;
/** Whoever did not run for so long has not received what came meanwhile when it came. */
const PAUSE_MS = 2000;

/** Hears a broker's messages and keeps the last of them, while this node records it or stands by, and for a while after. */
export function createRecordingListener({ broker, feed, ring, clock, on }: RecordingListenerParts): RecordingListener {
  let unsubscribe: Unsubscribe | undefined;
  let lostAt: number | undefined;
  let cancelClose: Cancel = () => {};
  let cancelWatch: Cancel = () => {};

  function watchPauses(): void {
    let last = clock.monotonic();
    cancelWatch = clock.every(WATCH_MS, () => {
      const now = clock.monotonic();
      if (now - last > PAUSE_MS) forget();
      last = now;
    });
  }

  function forget(): void {
    ring.clear();
    if (lostAt === undefined) ring.connected(clock.now());
  }

  function close(): void {
    cancelClose();
    cancelWatch();
    unsubscribe?.();
    unsubscribe = undefined;
    lostAt = undefined;
    ring.clear();
  }

  return {
    open() {
      cancelClose();
      if (unsubscribe) return;
      lostAt = clock.now();
      watchPauses();
      unsubscribe = feed.open(broker, {
        connected() {
          const now = clock.now();
          const from = lostAt;
          lostAt = undefined;
          ring.connected(now);
          if (from !== undefined) on.back(from, now);
        },
        disconnected() {
          const now = clock.now();
          if (lostAt !== undefined) return;
          lostAt = now;
          ring.disconnected(now);
          on.lost(now);
        },
        message(message) {
          ring.add(message);
          on.message(message);
        },
      });
    },
    closeLater() {
      cancelClose();
      cancelClose = clock.after(KEEP_LISTENING_MS, close);
    },
    close,
    lostAt: () => lostAt,
    past: (since) => ring.past(clock.now(), since),
    after: ring.after,
    isOpen: () => unsubscribe !== undefined,
  };
}
