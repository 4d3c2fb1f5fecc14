import type { HistorySeries } from "../../lib/api";
import type { Broker } from "../../lib/broker";
import type { Command } from "../../lib/command";
import type { KeepFor } from "../../lib/history";
import type { PointId } from "../../lib/ids";
import type { Value } from "../../lib/reading";
import type { Said } from "../../lib/texts/said";
import type { WireMessage } from "./cluster";

export interface CommandRecord {
  command: Command;
  userId: string;
  address: string | null;
  /** What it says on the wire; only several nodes have a use for it. */
  message?: WireMessage;
}

export interface NewAudit {
  at: number;
  actor: string;
  action: string;
  target: string;
  detail: Record<string, unknown>;
  address: string | null;
}

/** `unreadable`: secrets that are stored and were sealed with another secret than this installation's. They are kept as they are. */
export type ConfiguredBroker = Broker & { unreadable?: readonly ("password" | "key")[] };

/** Which change each stored thing was last written by. */
export type Versions = Readonly<Record<"brokers" | "registrations" | "dashboards", ReadonlyMap<string, number>>>;

export interface StoredReading {
  point: PointId;
  value: Value;
  at: number;
}

/** Where an export goes on: behind this reading, and how many of its millisecond were taken. */
export interface HistoryCursor {
  t: number;
  taken: number;
}

export interface HistoryPage {
  t: number[];
  value: Value[];
  /** Absent: that was all. */
  next?: HistoryCursor;
}

/** A list is sent as a Postgres array, for `unnest`. */
export type SqlValue = string | number | null | Uint8Array | readonly (string | number | null)[];

export interface SqlStatement {
  sql: string;
  values: readonly SqlValue[];
}

/** What a batch of readings is written with, in one transaction: where `guard` finds no row, nothing is written. */
export interface WriteFence {
  guard: SqlStatement;
  also: readonly SqlStatement[];
}

/** A history that several processes write. */
export interface SharedHistory extends HistoryStore {
  /**
   * Stores a recorder's readings and what belongs to them, in one transaction. False: the guard found no row, and nothing was written. To be given one after
   * another for each recorder. When the connection breaks nobody knows whether they were stored: they are given again for some seconds, and are
   * stored once. Rejects when the database cannot be reached.
   */
  write(recorder: string, readings: readonly StoredReading[], fence: WriteFence): Promise<boolean>;
}

/** Readings: at most one second of them lost on a crash. `append` never blocks and never throws; what cannot be kept is counted. */
export interface HistoryStore {
  append(reading: StoredReading): void;
  /** Raw readings in [from, to), oldest first, at most `limit`, the newest of them when there are more. */
  range(point: PointId, from: number, to: number, limit: number): Promise<{ t: number[]; value: Value[] }>;
  /** What a chart of `width` pixels shows of each point over [from, to), in the order asked for. No spike is lost. */
  query(ask: { points: readonly PointId[]; from: number; to: number; width: number }): Promise<HistorySeries[]>;
  /** Raw readings in [from, to), oldest first, from the cursor on: for going through any number of them. */
  page(ask: { point: PointId; from: number; to: number; limit: number; after?: HistoryCursor }): Promise<HistoryPage>;
  /** Readings from elsewhere, on disk when the promise resolves. Those that are there already are left out, and counted. */
  add(readings: readonly StoredReading[]): Promise<{ added: number; known: number }>;
  /** The newest reading of every point. */
  latest(): Promise<StoredReading[]>;
  /** Forgets what is older. */
  prune(before: number): Promise<number>;
  /**
   * Packs what can be packed and forgets what is older than `keep` says, seen from `now`, a little at a time. `keep` is by
   * registration (`climate`) or one of its values (`climate.t`); all others are kept for as long as `otherwise` says.
   */
  tend(ask: {
    now: number;
    keep: Readonly<Record<string, KeepFor>>;
    otherwise: KeepFor;
  }): Promise<{ forgotten: number }>;
  flush(): Promise<void>;
  counters(): { stored: number; lost: number; pending: number; fault?: Said };
  check(): Promise<void>;
  close(): Promise<void>;
}
