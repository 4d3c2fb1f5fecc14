import type { BrokerId, PointId } from "../../lib/ids";
import type { Said } from "../../lib/texts/said";
import type { Brokers, Cancel, Clock, FencedHistory, HistoryStore, Log } from "../ports";
import { createBrokerRecord } from "./brokerRecord";
import type { Recorder } from "./brokerRole";
import type { RecordingFeed } from "./recordingListener";

export interface RecordedHistoryParts {
  store: HistoryStore & FencedHistory;
  brokers: Pick<Brokers, "states" | "onState">;
  brokerOf(point: PointId): BrokerId | undefined;
  /** Why this node cannot reach the database, as far as is known. */
  fault(): Said | undefined;
  clock: Clock;
  log: Log;
}

const ANSWER_WAIT_MS = 2000;

/**
 * The history as the live state of one of several nodes writes it: every node hears all readings, and only a broker's recorder stores them. What
 * is recorded are readings, not messages: the node that stands by has read them already, so that nothing is read again when it takes over.
 */
export function createRecordedHistory(parts: RecordedHistoryParts) {
  const { store, brokers, brokerOf, clock, log } = parts;
  const all = new Map<BrokerId, ReturnType<typeof createBrokerRecord>>();
  const counters = { stored: 0, lost: 0 };

  function ofBroker(broker: BrokerId) {
    let of = all.get(broker);
    if (!of) {
      of = createBrokerRecord({ broker, store, clock, log, counters });
      all.set(broker, of);
    }
    return of;
  }

  const feed: RecordingFeed = {
    open(broker, on) {
      let connected = false;
      const look = (): void => {
        const now = brokers.states().some(({ id, state }) => id === broker && state === "connected");
        if (now === connected) return;
        connected = now;
        if (now) on.connected();
        else on.disconnected();
      };
      const ends = [brokers.onState(look), ofBroker(broker).listen(on)];
      look();
      return () => {
        for (const end of ends) end();
      };
    },
  };

  /** What was received before a question is part of its answer, unless it cannot be stored. */
  async function settled(): Promise<void> {
    const waiting = [...all.values()].filter((of) => of.pending() > 0);
    if (waiting.length === 0) return;
    let cancel: Cancel = () => {};
    const limit = new Promise<void>((resolve) => {
      cancel = clock.after(ANSWER_WAIT_MS, resolve);
    });
    await Promise.race([Promise.all(waiting.map((of) => of.flush())), limit]);
    cancel();
  }
  async function afterSettling<T>(look: () => Promise<T>): Promise<T> {
    await settled();
    return look();
  }

  const history: HistoryStore = {
    ...store,
    range: (...ask) => afterSettling(() => store.range(...ask)),
    query: (ask) => afterSettling(() => store.query(ask)),
    page: (ask) => afterSettling(() => store.page(ask)),
    latest: () => afterSettling(store.latest),
    append(reading) {
      const broker = brokerOf(reading.point);
      if (broker === undefined) counters.lost++;
      else ofBroker(broker).append(reading);
    },
    async flush() {
      await Promise.all([...all.values()].map((of) => of.flush()));
      await store.flush();
    },
    counters() {
      const { stored, lost, pending, ...more } = store.counters();
      const waiting = [...all.values()].reduce((sum, of) => sum + of.pending(), 0);
      const fault = more.fault ?? parts.fault() ?? [...all.values()].find((of) => of.fault() !== undefined)?.fault();
      return {
        ...more,
        ...(fault !== undefined && { fault }),
        stored: stored + counters.stored,
        lost: lost + counters.lost,
        pending: pending + waiting,
      };
    },
  };

  return { history, feed, recorder: (broker: BrokerId): Recorder => ofBroker(broker).recorder };
}
