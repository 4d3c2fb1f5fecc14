import type { BrokerId } from "../../lib/ids";
import type { RecordingGap } from "../../lib/recordingGap";
import { recorderOf, standbyOf } from "../pipeline/cluster/leaseNames";
import type { StandbyRing } from "../pipeline/cluster/ring";
import { heardSince, takeOver } from "../pipeline/cluster/takeOver";
import type { Cancel, Clock, ClusterTables, InboundMessage, Lease, Log, RecordedSoFar } from "../ports";
import type { LeaseKeeper, WantedLease } from "./leaseKeeper";
import { createRecordingBook, payloadHash, type RecordingBook } from "./recordingBook";
import { createRecordingListener, type RecordingFeed } from "./recordingListener";

/** What each flush of the recorder needs: its fence, and what it says about itself in the same transaction. */
export interface Recording {
  broker: BrokerId;
  lease: Lease;
  book: RecordingBook;
  /** True while something may be written or done. */
  holds(): boolean;
  /** A flush was refused. */
  fenced(): void;
  /** A flush may have been stored or not: what is stored is read, and what lies behind it is taken up anew. */
  again(): void;
}

/** What stores a broker's readings and acts on them without a person, while this node is its recorder. */
export interface Recorder {
  /** `missed`: received by this node and not stored by the recorder before; they are readings, and no reason for an act of now. */
  begin(recording: Recording, missed: readonly Pick<InboundMessage, "topic" | "payload" | "receivedAt">[]): void;
  message(message: InboundMessage): void;
  /** At once: nothing is written or done for this broker any more. */
  end(): void;
  /** In order: what was received is stored, and then `end`. */
  finish(): Promise<void>;
}

export interface BrokerRoleParts {
  broker: BrokerId;
  leases: LeaseKeeper;
  feed: RecordingFeed;
  recorder: Recorder;
  onRecorder?: () => void;
  tables: Pick<ClusterTables, "recorded" | "addGap">;
  ring: StandbyRing;
  /** Of what two nodes receive alike of one message. */
  hash?: (payload: Uint8Array) => string;
  clock: Clock;
  log: Log;
}

export interface BrokerRole {
  start(): void;
  /** Hands over in order: what was received is stored before another node can be the recorder. */
  stop(): Promise<void>;
  role(): "none" | "standby" | "recorder";
}

const AGAIN_MS = 500;

/**
 * What this node is for one broker. Who has the lease `standby:<broker>` listens, and asks for `broker:<broker>` too; so whoever becomes the
 * recorder has heard the last seconds, and gives the standby's place to the next node. A recorder keeps the last seconds as well: when the
 * database was away for less than that, whoever records next has everything.
 */
export function createBrokerRole(parts: BrokerRoleParts): BrokerRole {
  const { broker, leases, recorder, tables, hash = payloadHash, clock, log } = parts;
  let standby: WantedLease | undefined;
  let wanted: WantedLease | undefined;
  let recording: Recording | undefined;
  let stopped = false;
  let retry: Cancel = () => {};

  const listener = createRecordingListener({
    ...parts,
    on: {
      message,
      lost: (at) => recording?.book.disconnected(at),
      back(from, to) {
        recording?.book.connected();
        if (recording) void addGap(recording, { from, to, why: "broker-lost" });
      },
    },
  });

  function message(message: InboundMessage): void {
    // The timer that ends the lease may be late, as after a pause of the process.
    if (!recording?.holds()) return;
    if (!message.retained) {
      if (recording.book.isAwaited(message)) return;
      recording.book.note(message);
    }
    recorder.message(message);
  }

  async function addGap(of: Recording, gap: RecordingGap): Promise<void> {
    if (!of.holds()) return;
    try {
      await tables.addGap(of.lease, broker, gap);
    } catch (error) {
      log.warn({ broker, ...gap, error: String(error) }, "a gap in the recording could not be stored; trying again");
      clock.after(AGAIN_MS, () => void addGap(of, gap));
    }
  }

  function wantStandby(): void {
    standby = leases.want(standbyOf(broker), {
      began() {
        listener.open();
        wantRecorder();
      },
      ended() {
        if (!recording) leave();
      },
    });
  }

  function wantRecorder(): void {
    const lease = leases.want(recorderOf(broker), {
      began: (epoch) => void begin(lease, epoch),
      ended(why) {
        if (wanted !== lease) return;
        log.info({ broker, why }, "this node does not record the broker any more");
        startAgain();
      },
    });
    wanted = lease;
  }

  async function begin(lease: WantedLease, epoch: number): Promise<void> {
    const isCurrent = () => wanted === lease && lease.epoch() === epoch && !recording;
    if (!isCurrent()) return;
    let stored: RecordedSoFar;
    try {
      stored = await tables.recorded(broker);
    } catch (error) {
      log.warn({ broker, error: String(error) }, "what the recorder before has stored cannot be read; trying again");
      retry = clock.after(AGAIN_MS, () => void begin(lease, epoch));
      return;
    }
    if (!isCurrent()) return;
    takeUp(lease, epoch, stored);
    void standby?.release();
    standby = undefined;
  }

  /** In one turn: no message is both in the past that is taken over and handed on, and none in neither. */
  function takeUp(lease: WantedLease, epoch: number, stored: RecordedSoFar): void {
    const { messages, awaited, offset, unheard } = takeOver(
      stored,
      listener.past(heardSince(stored, clock.now())),
      hash,
    );
    const book = createRecordingBook(hash);
    const lostAt = listener.lostAt();
    if (lostAt !== undefined) book.disconnected(lostAt);
    book.await(awaited);
    for (const one of messages) book.note(one);
    const now: Recording = {
      broker,
      lease: { name: lease.name, epoch },
      book,
      holds: () => lease.epoch() === epoch,
      fenced: () => lease.fenced(epoch),
      again() {
        if (recording !== now) return;
        recorder.end();
        recording = undefined;
        void begin(lease, epoch);
      },
    };
    recording = now;
    recorder.begin(now, messages);
    log.info({ broker, epoch, missed: messages.length, offset }, "this node records the broker");
    for (const gap of unheard) void addGap(now, gap);
    parts.onRecorder?.();
  }

  /** Neither recorder nor standby; what was heard is kept for a while. */
  function leave(): void {
    retry();
    const [lease, was] = [wanted, recording];
    wanted = undefined;
    recording = undefined;
    if (was) recorder.end();
    void lease?.release();
    listener.closeLater();
  }

  function startAgain(): void {
    const old = standby;
    standby = undefined;
    leave();
    void old?.release();
    if (!stopped) wantStandby();
  }

  return {
    start: wantStandby,
    async stop() {
      stopped = true;
      retry();
      if (recording?.holds()) await recorder.finish();
      const left = [wanted, standby];
      wanted = undefined;
      standby = undefined;
      recording = undefined;
      listener.close();
      await Promise.all(left.map((lease) => lease?.release()));
    },
    role: () => (recording?.holds() ? "recorder" : standby?.epoch() === undefined ? "none" : "standby"),
  };
}
