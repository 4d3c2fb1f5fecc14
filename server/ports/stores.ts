import type { AuditEntry, HistorySeries } from "../../lib/api";
import type { Broker } from "../../lib/broker";
import type { Command } from "../../lib/command";
import type { Dashboard } from "../../lib/dashboard";
import type { KeepFor } from "../../lib/history";
import type { PointId } from "../../lib/ids";
import type { Value } from "../../lib/reading";
import type { Registration } from "../../lib/registration";

export interface CommandRecord {
  command: Command;
  userId: string;
  address: string | null;
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

/** Brokers, registrations, dashboards, audit, commands, settings: durable when the promise resolves. */
export interface ConfigStore {
  brokers(): Promise<ConfiguredBroker[]>;
  putBroker(broker: ConfiguredBroker): Promise<void>;
  deleteBroker(id: string): Promise<boolean>;
  registrations(): Promise<Registration[]>;
  putRegistration(registration: Registration): Promise<void>;
  /** Many at once, in one transaction: all or none. */
  putRegistrations(registrations: readonly Registration[]): Promise<void>;
  deleteRegistration(id: string): Promise<boolean>;
  /** In the order in which they are shown. */
  dashboards(): Promise<Dashboard[]>;
  putDashboard(dashboard: Dashboard): Promise<void>;
  deleteDashboard(slug: string): Promise<boolean>;
  /** Of everything that is stored, by id or slug: a number that no earlier change has had. */
  versions(): Promise<Versions>;
  audit(query: { before?: number; limit: number; target?: string }): Promise<AuditEntry[]>;
  appendAudit(entry: NewAudit): Promise<void>;
  /** The command and its audit row, in one transaction, on disk before the promise resolves. Rejects when that cannot be had. */
  /** `duplicate`: there is a command with this id already, and nothing was written. */
  openCommand(record: CommandRecord): Promise<"opened" | "duplicate">;
  /** A refusal that everyone is shown, and its audit row. A command with this id that is there already stays as it is. */
  addRefusal(record: CommandRecord, audit: NewAudit): Promise<void>;
  /** The command as it is now, no longer to be shown, and its audit row. */
  dismissCommand(command: Command, audit: NewAudit): Promise<void>;
  command(id: string): Promise<{ command: Command; userId: string } | undefined>;
  /** The newest of each point, where it was not confirmed and not dismissed (isUnsettled). */
  unsettledCommands(): Promise<Command[]>;
  /** What became of it. */
  updateCommand(command: Command): Promise<void>;
  /** Sent or acked and never ended: what a restart makes unknown. */
  openCommands(): Promise<Command[]>;
  commandsOf(point: PointId, limit: number): Promise<Command[]>;
  setting(key: string): Promise<string | undefined>;
  putSetting(key: string, value: string): Promise<void>;
  /** Throws when the store cannot be written. */
  check(): Promise<void>;
  close(): Promise<void>;
}

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
  counters(): { stored: number; lost: number; pending: number; fault?: string };
  check(): Promise<void>;
  close(): Promise<void>;
}
