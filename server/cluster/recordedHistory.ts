import type { BrokerId, PointId } from "../../lib/ids";
import { asWording, type Said } from "../../lib/texts/said";
import type { Brokers, Cancel, Clock, FencedHistory, HistoryStore, Log, StoredReading } from "../ports";
import type { Recorder, Recording } from "./brokerRole";
import { decodeReading, encodeReading, type Heard, readingHash } from "./readingMessage";
import type { RecordedPart } from "./recordingBook";
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

/** A reading is on disk within a second. */
const FLUSH_MS = 500;
const ANSWER_WAIT_MS = 2000;
/** While the database does not answer the lease ends after 2.5 s; this is for floods. */
const MOST_PENDING = 200_000;
/** Of what is taken over: to read so many takes some milliseconds. */
const MISSED_AT_ONCE = 5000;

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

/** What a flush of some of what was taken over says of itself. */
function recordedPart(some: readonly Heard[]): RecordedPart {
  const last = new Map(some.map((one) => [one.topic, one]));
  const marks = [...last.values()].map(({ topic, payload, receivedAt }) => ({
    topic,
    hash: readingHash(payload),
    at: receivedAt,
  }));
  return { until: some.at(-1)?.receivedAt ?? 0, marks };
}

interface BrokerRecordParts {
  broker: BrokerId;
  store: FencedHistory;
  clock: Clock;
  log: Log;
  counters: { stored: number; lost: number };
}

/** The readings of one broker: to whoever listens, and to the store while this node records it. */
function createBrokerRecord({ broker, store, clock, log, counters }: BrokerRecordParts) {
  let listener: Parameters<RecordingFeed["open"]>[1] | undefined;
  let recording: Recording | undefined;
  /** Taken over, and not yet stored: before everything else. */
  let missed: Heard[] = [];
  let pending: StoredReading[] = [];
  /** The reading that the listener is just told of, so that it is not decoded again. */
  let current: StoredReading | undefined;
  let cancel: Cancel = () => {};
  let flushing: Promise<void> = Promise.resolve();
  let fault: Said | undefined;

  function keep(readings: readonly StoredReading[]): void {
    for (const reading of readings) pending.push(reading);
    if (pending.length <= MOST_PENDING) return;
    counters.lost += pending.length - MOST_PENDING;
    pending = pending.slice(-MOST_PENDING);
  }

  async function flushOnce(): Promise<void> {
    while (recording?.holds() && missed.length > 0) {
      const some = missed.splice(0, MISSED_AT_ONCE);
      await write(recording, some.map(decodeReading), recordedPart(some));
    }
    if (!recording?.holds()) return;
    const readings = pending;
    pending = [];
    await write(recording, readings, recording.book.take(clock.now()));
  }

  async function write(mine: Recording, readings: readonly StoredReading[], part: RecordedPart): Promise<void> {
    try {
      const written = await store.flushRecorded(readings, { broker, lease: mine.lease, ...part });
      if (fault !== undefined) log.info({ broker }, "history is written again");
      fault = undefined;
      if (written) counters.stored += readings.length;
      else mine.fenced();
    } catch (error) {
      if (fault === undefined)
        log.error({ broker, error: String(error) }, "history write failed; readings are buffered");
      fault = asWording(String(error));
      // Nobody knows whether they were stored.
      mine.again();
    }
  }

  /** One after the other: what was received first is stored first. */
  const flush = (): Promise<void> => {
    flushing = flushing.then(flushOnce);
    return flushing;
  };

  function end(): void {
    cancel();
    recording = undefined;
    // They are in the ring, and whoever records next stores them.
    pending = [];
    missed = [];
  }

  const recorder: Recorder = {
    begin(now, missedBefore) {
      recording = now;
      pending = [];
      missed = [...missedBefore];
      cancel();
      cancel = clock.every(FLUSH_MS, () => void flush());
    },
    message(message) {
      keep([current ?? decodeReading(message)]);
    },
    end,
    async finish() {
      await flush();
      end();
    },
  };

  return {
    recorder,
    flush,
    pending: () => missed.length + pending.length,
    /** Why the last flush failed; of one that does not record it is another's matter. */
    fault: () => (recording ? fault : undefined),
    listen(on: Parameters<RecordingFeed["open"]>[1]) {
      listener = on;
      return () => {
        if (listener === on) listener = undefined;
      };
    },
    append(reading: StoredReading): void {
      if (!listener) return;
      current = reading;
      listener.message(encodeReading(broker, reading, clock.now()));
      current = undefined;
    },
  };
}
