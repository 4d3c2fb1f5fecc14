import type { NodeOut } from "../../lib/api";
import type { BrokerId } from "../../lib/ids";
import type { RecordingGap } from "../../lib/recordingGap";
import type { Unsubscribe } from "./common";
import type { StoredReading } from "./stores";

/** Several nodes over one Postgres, as the API and the pages see them. Not there with SQLite. */
export interface Cluster {
  nodes(): Promise<NodeOut[]>;
  /** Told to stop: no new pages and requests, and the balancer is to send nothing more. */
  draining(): boolean;
  /** What this node is for each broker; for the metrics. */
  roles(): { broker: BrokerId; role: "none" | "standby" | "recorder" }[];
  /** When readings of a broker may be missing. */
  gaps(broker: BrokerId, from: number, to: number): Promise<RecordingGap[]>;
  counters(): Record<string, number>;
}

/** A lease in one of its epochs. */
export interface Lease {
  name: string;
  epoch: number;
}

/** The last message of a topic that a recorder stored. */
export interface TopicMark {
  topic: string;
  /** Of the payload. */
  hash: string;
  /** When the recorder received it, by its own clock. */
  at: number;
}

export interface RecordedSoFar {
  marks: readonly TopicMark[];
  /** What the recorder received up to then is stored, by its own clock; undefined: nobody has recorded yet. */
  until: number | undefined;
}

/** What each flush of a recorder carries, in one transaction with the readings: its fence, and what it says about itself. */
export interface RecordedFlush {
  broker: BrokerId;
  lease: Lease;
  until: number;
  marks: readonly TopicMark[];
}

/** History that several nodes write: each broker's readings are written by its recorder. */
export interface FencedHistory {
  /**
   * These readings, and what the recorder says about itself, in one transaction. False: the lease is another's by now, and nothing was
   * written. Rejects where the database cannot be reached.
   */
  flushRecorded(readings: readonly StoredReading[], part: RecordedFlush): Promise<boolean>;
}

/** A message as it is on the wire. */
export interface WireMessage {
  broker: BrokerId;
  topic: string;
  /** Text as UTF-8. */
  payload: string | Uint8Array;
}

export interface ThisNode {
  /** Random, one for each process. */
  process: string;
  /** TELLTALE_NODE. */
  id: string;
  version: string;
  /** A hash of its telltale.yaml; null: it has none. */
  configFile: string | null;
}

/** Times in epoch ms, by the database's clock. */
export interface KnownNode extends ThisNode {
  startedAt: number;
  seenAt: number;
}

export interface ChangeListener {
  /** Listening: what changed before is to be read now. Called again after each loss. */
  up(): void;
  /** Nothing is heard from now on, until `up`. */
  down(): void;
  notice(payload: string): void;
}

/** The telltale.yaml that is applied on all nodes. */
export interface AppliedFile {
  /** null: nothing is in it. */
  hash: string | null;
  /** The TELLTALE_NODE of the one that applied it. */
  node: string;
  /** Epoch ms, by the database's clock. */
  at: number;
  /** Its entries as JSON, sealed. */
  body: string;
}

/**
 * What several nodes say to each other through the database. Everything rejects where it cannot be reached in time, and everything that
 * is judged by a clock is judged by the database's.
 */
export interface ClusterTables {
  /** Takes or renews it; null: another holder has it. The epoch rises each time that the lease was lost in between. */
  askForLease(ask: { name: string; holder: string; ttl: number }): Promise<number | null>;
  /** Gives leases back, so that the next asks of others get them, and tells the others. Those of another epoch are left alone. */
  releaseLeases(holder: string, leases: readonly Lease[]): Promise<void>;
  heldLeases(): Promise<(Lease & { holder: string })[]>;

  /** Says that this process lives. */
  beat(node: ThisNode): Promise<void>;
  nodes(): Promise<KnownNode[]>;
  /** Processes that were not seen for so long. */
  deadProcesses(silentMs: number): Promise<string[]>;
  /** What it left open is settled; one that was seen again meanwhile stays. */
  removeProcess(process: string, silentMs: number): Promise<void>;
  /** It ends in order. With commands still open it stays, to be found dead and to have them settled. */
  leave(process: string): Promise<void>;

  /** What the recorder before has stored. Marks that match nothing any more are removed on the way. */
  recorded(broker: BrokerId): Promise<RecordedSoFar>;
  /** Stores a gap, or moves the end of the one that began then for the same reason. False: the lease is another's. */
  addGap(lease: Lease, broker: BrokerId, gap: RecordingGap): Promise<boolean>;
  /** The broker's gaps that reach into [from, to), whole and merged. */
  gaps(broker: BrokerId, from: number, to: number): Promise<RecordingGap[]>;

  /** The ids of the commands that a process has open. */
  commandsOf(process: string): Promise<string[]>;
  /** Frees the points of these commands, once they are settled. */
  dropCommandsOf(process: string, commands: readonly string[]): Promise<void>;
  /** For each message the commands of other processes that were opened within this time and say exactly this, oldest first. */
  commandsSaying(messages: readonly WireMessage[], withinMs: number): Promise<string[][]>;

  /** undefined: none was ever applied. `known`: the one that was applied then. */
  appliedFile(knownAt?: number): Promise<AppliedFile | "known" | undefined>;
  /** Applies it, and tells the other nodes. False: the lease is another's. */
  applyFile(lease: Lease, file: Omit<AppliedFile, "at">): Promise<boolean>;
  /**
   * Tells the other nodes of a change that committed without it. What this server writes itself tells them in its own transaction, as the
   * last thing of it.
   */
  noteChange(kind: "config" | "people" | "commands", id: string): Promise<void>;
  /** Has the broker's recorder ask this one of Sparkplug's nodes for its birth. */
  askForBirth(broker: BrokerId, topic: string): Promise<void>;
  /** How often each kind of thing was changed. */
  versions(): Promise<ReadonlyMap<string, number>>;
  /** Hears what other nodes (and this one) change, on a connection of its own that is replaced when it is lost. */
  listen(listener: ChangeListener): Unsubscribe;
}
