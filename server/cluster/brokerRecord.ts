import type { BrokerId } from "../../lib/ids";
import { asWording, type Said } from "../../lib/texts/said";
import type { Cancel, Clock, FencedHistory, Log, StoredReading, Unsubscribe } from "../ports";
import type { Recorder, Recording } from "./brokerRole";
import { decodeReading, encodeReading, type Heard, readingHash } from "./readingMessage";
import type { RecordedPart } from "./recordingBook";
import type { RecordingFeed } from "./recordingListener";

export interface BrokerRecordParts {
  broker: BrokerId;
  store: FencedHistory;
  clock: Clock;
  log: Log;
  counters: { stored: number; lost: number };
}

/** A reading is on disk within a second. */
const FLUSH_MS = 500;
/** While the database does not answer the lease ends after 2.5 s; this is for floods. */
const MOST_PENDING = 200_000;
/** Of what is taken over: to read so many takes some milliseconds. */
const MISSED_AT_ONCE = 5000;

type Listener = Parameters<RecordingFeed["open"]>[1];

/** The readings of one broker: to whoever listens, and to the store while this node records it. */
export function createBrokerRecord(parts: BrokerRecordParts) {
  const { broker, clock } = parts;
  const unstored = createUnstored(parts);
  let listener: Listener | undefined;
  /** The reading that the listener is just told of, so that it is not decoded again. */
  let current: StoredReading | undefined;
  let cancel: Cancel = () => {};

  function end(): void {
    cancel();
    unstored.end();
  }

  const recorder: Recorder = {
    begin(recording, missed) {
      unstored.begin(recording, missed);
      cancel();
      cancel = clock.every(FLUSH_MS, () => void unstored.flush());
    },
    message: (message) => unstored.add(current ?? decodeReading(message)),
    end,
    async finish() {
      await unstored.flush();
      end();
    },
  };

  return {
    recorder,
    flush: unstored.flush,
    pending: unstored.count,
    fault: unstored.fault,
    listen(on: Listener): Unsubscribe {
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

/** What a recorder has still to store: first what it has taken over, then what came since. */
function createUnstored({ broker, store, clock, log, counters }: BrokerRecordParts) {
  let recording: Recording | undefined;
  let missed: Heard[] = [];
  let pending: StoredReading[] = [];
  let flushing: Promise<void> = Promise.resolve();
  let fault: Said | undefined;

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

  return {
    begin(now: Recording, missedBefore: readonly Heard[]): void {
      recording = now;
      pending = [];
      missed = [...missedBefore];
    },
    add(reading: StoredReading): void {
      pending.push(reading);
      if (pending.length <= MOST_PENDING) return;
      counters.lost += pending.length - MOST_PENDING;
      pending = pending.slice(-MOST_PENDING);
    },
    /** One after the other: what was received first is stored first. */
    flush(): Promise<void> {
      flushing = flushing.then(flushOnce);
      return flushing;
    },
    /** What is left is in the ring, and whoever records next stores it. */
    end(): void {
      recording = undefined;
      pending = [];
      missed = [];
    },
    count: () => missed.length + pending.length,
    /** Why the last flush failed; of one that does not record it is another's matter. */
    fault: () => (recording ? fault : undefined),
  };
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
