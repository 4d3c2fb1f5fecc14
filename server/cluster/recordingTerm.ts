import type { Cancel, InboundMessage } from "../ports";
import type { BrokerRoleParts, Recording } from "./brokerRole";
import { createGapWriter } from "./gapWriter";
import type { WantedLease } from "./leaseKeeper";
import { payloadHash } from "./recordingBook";
import type { RecordingListener } from "./recordingListener";
import { addLate, prepareRecording, type RecordingStart } from "./recordingStart";

export interface RecordingTermParts
  extends Pick<BrokerRoleParts, "broker" | "recorder" | "tables" | "hash" | "clock" | "log"> {
  listener: Pick<RecordingListener, "lostAt" | "past" | "after">;
  /** What the recorder before has not stored is taken over, and from now on this node records. */
  onBegun(): void;
}

/** The lease under which this node is to record. */
interface Held {
  lease: WantedLease;
  epoch: number;
  /** It is still the one that this node asks for. */
  isWanted(): boolean;
}

const AGAIN_MS = 500;

/** The time in which this node records a broker: from having the lease over what it takes over until it is ended. */
export function createRecordingTerm(parts: RecordingTermParts) {
  const { broker, recorder, tables, listener, hash = payloadHash, clock, log } = parts;
  const addGap = createGapWriter(parts);
  let recording: Recording | undefined;
  let retry: Cancel = () => {};

  async function begin(held: Held): Promise<void> {
    const isDue = () => held.isWanted() && held.lease.epoch() === held.epoch && !recording;
    if (!isDue()) return;
    let start: RecordingStart;
    try {
      const stored = await tables.recorded(broker);
      if (!isDue()) return;
      start = await prepareRecording(stored, { listener, hash, clock });
    } catch (error) {
      log.warn({ broker, error: String(error) }, "what the recorder before has stored cannot be read; trying again");
      retry = clock.after(AGAIN_MS, () => void begin(held));
      return;
    }
    if (isDue()) takeUp(held, start);
  }

  function takeUp(held: Held, start: RecordingStart): void {
    const { lease, epoch } = held;
    addLate(start, listener);
    const { book, missed, offset, unheard } = start;
    const lostAt = listener.lostAt();
    if (lostAt !== undefined) book.disconnected(lostAt);
    const now: Recording = {
      broker,
      lease: { name: lease.name, epoch },
      book,
      holds: () => lease.epoch() === epoch,
      fenced: () => lease.fenced(epoch),
      again() {
        if (recording !== now) return;
        end();
        void begin(held);
      },
    };
    recording = now;
    recorder.begin(now, missed);
    log.info({ broker, epoch, missed: missed.length, offset }, "this node records the broker");
    for (const gap of unheard) void addGap(now, gap);
    parts.onBegun();
  }

  function end(): void {
    retry();
    if (recording) recorder.end();
    recording = undefined;
  }

  return {
    begin,
    /** Nothing is written any more from here on. */
    end,
    current: () => recording,
    /** Whether something may be written, as of now: the timer that ends the lease may be late, as after a pause of the process. */
    records: () => recording?.holds() ?? false,
    message(message: InboundMessage): void {
      if (!recording?.holds()) return;
      if (!message.retained) {
        if (recording.book.isAwaited(message)) return;
        recording.book.note(message);
      }
      recorder.message(message);
    },
    /** The connection to the broker is lost, and back. */
    lost: (at: number) => recording?.book.disconnected(at),
    back(from: number, to: number): void {
      recording?.book.connected();
      if (recording) void addGap(recording, { from, to, why: "broker-lost" });
    },
  };
}
