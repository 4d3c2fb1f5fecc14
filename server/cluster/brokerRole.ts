import type { BrokerId } from "../../lib/ids";
import { recorderOf, standbyOf } from "../pipeline/cluster/leaseNames";
import type { StandbyRing } from "../pipeline/cluster/ring";
import type { Clock, ClusterTables, InboundMessage, Lease, Log } from "../ports";
import type { LeaseKeeper, WantedLease } from "./leaseKeeper";
import { createLinkWatch } from "./linkWatch";
import type { RecordingBook } from "./recordingBook";
import { createRecordingListener, type RecordingFeed } from "./recordingListener";
import { createRecordingTerm } from "./recordingTerm";

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
  tables: Pick<ClusterTables, "recorded" | "addGap" | "heldLeases">;
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
  /** This node cannot reach the database, and can again. Who has heard nothing lets those go first who have. */
  databaseLost(): void;
  databaseBack(): void;
}

const AFTER_OTHERS_MS = 2000;
/** A standby without a connection has given its place up by then: where all have lost theirs nobody follows. */
const HAND_OVER_MS = 4000;

/**
 * What this node is for one broker. Who has the lease `standby:<broker>` listens, and asks for `broker:<broker>` too; so whoever becomes the
 * recorder has heard the last seconds, and gives the standby's place to the next node. A recorder keeps the last seconds as well: when the
 * database was away, whoever records next has everything. Who loses its own connection to the broker leaves both to a node that has one.
 */
export function createBrokerRole(parts: BrokerRoleParts): BrokerRole {
  const { broker, leases, tables, clock, log } = parts;
  let standby: WantedLease | undefined;
  let wanted: WantedLease | undefined;
  let stopped = false;
  /** Neither is asked for until the connection to the broker, or the database, is back. */
  let isAside = false;

  const listener = createRecordingListener({
    ...parts,
    on: {
      message: (message) => term.message(message),
      lost(at) {
        term.lost(at);
        link.watch();
      },
      back(from, to) {
        term.back(from, to);
        comeBack();
      },
    },
  });
  const term = createRecordingTerm({
    ...parts,
    listener,
    onBegun() {
      parts.onRecorder?.();
      const old = standby;
      standby = undefined;
      void old?.release();
    },
  });
  const link = createLinkWatch({ clock, isLost: () => listener.lostAt() !== undefined, lost: linkLost });

  function wantStandby(): void {
    const lease = leases.want(standbyOf(broker), {
      began() {
        listener.open();
        if (listener.lostAt() !== undefined) link.watch();
        wantRecorder();
      },
      ended() {
        if (standby === lease && !term.current()) leave();
      },
    });
    standby = lease;
  }

  function wantRecorder(): void {
    const lease = leases.want(recorderOf(broker), {
      began: (epoch) => void term.begin({ lease, epoch, isWanted: () => wanted === lease }),
      ended(why) {
        if (wanted !== lease) return;
        log.info({ broker, why }, "this node does not record the broker any more");
        startAgain();
      },
    });
    wanted = lease;
  }

  /** Without a connection: whoever stands by has one, and goes on. */
  async function linkLost(): Promise<boolean> {
    if (stopped || isAside) return true;
    const was = term.current();
    // It is about to record, and the lease is its own.
    if (!was && wanted?.epoch() !== undefined) return false;
    if (was) {
      if (clock.now() - (listener.lostAt() ?? clock.now()) < HAND_OVER_MS) return false;
      if (!(await someoneStandsBy())) return false;
      await parts.recorder.finish();
      if (term.current() !== was) return false;
      log.info({ broker }, "this node has no connection to the broker: the one that stands by records it");
    }
    stepAside();
    return true;
  }

  async function someoneStandsBy(): Promise<boolean> {
    try {
      return (await tables.heldLeases()).some(({ name }) => name === standbyOf(broker));
    } catch (error) {
      log.debug({ broker, error: String(error) }, "who stands by cannot be read");
      return false;
    }
  }

  /** What is heard is kept, and no lease is asked for. */
  function stepAside(): Promise<unknown> {
    isAside = true;
    const left = [wanted, standby];
    wanted = undefined;
    standby = undefined;
    term.end();
    return Promise.all(left.map((lease) => lease?.release()));
  }

  function comeBack(): void {
    if (!isAside || stopped) return;
    isAside = false;
    wantStandby();
  }

  /** Neither recorder nor standby; what was heard is kept for a while. */
  function leave(): void {
    const lease = wanted;
    wanted = undefined;
    term.end();
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
      link.stop();
      if (term.records()) await parts.recorder.finish();
      const left = stepAside();
      listener.close();
      await left;
    },
    role: () => (term.records() ? "recorder" : standby?.epoch() === undefined ? "none" : "standby"),
    databaseLost() {
      if (!stopped && !isAside && !listener.isOpen()) void stepAside();
    },
    databaseBack() {
      if (!listener.isOpen()) clock.after(AFTER_OTHERS_MS, comeBack);
    },
  };
}
