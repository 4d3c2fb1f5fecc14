import type { Access, Role } from "../lib/access";
import type { AuditEntry, DiscoveryMode, DiscoveryOut, FoundOut, HistorySeries, SessionOut, UserOut } from "../lib/api";
import type { Broker, BrokerFault, BrokerState } from "../lib/broker";
import type { Command, CommandRequest } from "../lib/command";
import type { ConfigFile } from "../lib/configFile";
import type { Dashboard } from "../lib/dashboard";
import type { KeepFor } from "../lib/history";
import type { BrokerId, CommandId, PointId } from "../lib/ids";
import type { PointInfo } from "../lib/point";
import type { PointStatus, Value } from "../lib/reading";
import type { Origin, Registration } from "../lib/registration";
import type { Result } from "../lib/result";
import type { Topic, TopicFilter } from "../lib/topics/parse";

/**
 * What the server's parts know of one another. `mqtt`, `db`, `sockets`, `http`, `people` and `demo` never import each other:
 * they implement or receive these, and `app.ts` joins them.
 */

export type Unsubscribe = () => void;
export type Cancel = () => void;

/** Time as a part, so that tests own it. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
  after(ms: number, run: () => void): Cancel;
  every(ms: number, run: () => void): Cancel;
}

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/* ---- brokers (server/mqtt) ---- */

export interface InboundMessage {
  broker: BrokerId;
  topic: string;
  payload: Uint8Array;
  /** A retained message met on subscribing (rap 0): of unknown age, and not a new reading after a reconnect. */
  retained: boolean;
  receivedAt: number;
  /** Further copies of it, which a broker may send for overlapping filters, are sorted out already: an equal one is a new message. */
  single?: true;
  /** The command whose own echo this is, from the MQTT 5 user property that Telltale's publishes carry. */
  echoOf?: string;
}

export interface CommandPublish {
  broker: BrokerId;
  topic: Topic;
  /** Text, or bytes where a device wants those. */
  payload: string | Uint8Array;
  qos: 0 | 1 | 2;
  retain: boolean;
  /** Sent as an MQTT 5 user property, so that the echo is known. */
  commandId: CommandId;
  /** Said by hand, as any client may: no command, so what comes back of it is a reading, and what is kept does not expire. */
  byHand?: true;
}

/** What became of a publish. `unknown` is not failure: it may have happened. */
export type PublishOutcome =
  | { outcome: "acked" }
  | { outcome: "failed"; code: number; reason: string }
  | { outcome: "unknown"; reason: string }
  | { outcome: "not-sent"; reason: string };

export interface BrokerTestOutcome {
  ok: boolean;
  protocol?: "5" | "3.1.1";
  ms?: number;
  fault?: BrokerFault;
  reason?: string;
}

export interface ExploreEvents {
  /** `retained` is the flag as published, where the broker speaks MQTT 5 (rap 1). */
  message(message: InboundMessage): void;
  /** Subscribed, except to these. */
  up(refused: { filter: TopicFilter; reason: string }[]): void;
  /** Once, and not after it was stopped. */
  end(reason: string): void;
}

export interface Brokers {
  /** Makes the connections and subscriptions be these: unchanged brokers and filters are left alone. */
  apply(brokers: readonly Broker[], filters: ReadonlyMap<BrokerId, ReadonlyMap<TopicFilter, 0 | 1 | 2>>): void;
  states(): BrokerState[];
  /**
   * Asks for the retained messages of a filter that is subscribed already (a SUBSCRIBE again [MQTT-3.8.4-3]): a registration that
   * comes later on the same filter has seen none of them. The live state ignores what it knows.
   */
  replay?(broker: BrokerId, filter: TopicFilter): void;
  /** True when a command can go out now. */
  connected(broker: BrokerId): boolean;
  onState(listener: (states: BrokerState[]) => void): Unsubscribe;
  onMessage(listener: (message: InboundMessage) => void): Unsubscribe;
  /** Through the client that cannot replay. Never rejects. */
  publish(message: CommandPublish): Promise<PublishOutcome>;
  /** Tries a connection and drops it again; says what is wrong. Ends within 10 s. */
  test(broker: Broker): Promise<BrokerTestOutcome>;
  /** Listens on a filter with a client of its own, for the form's preview; `onEnd` says why it could not go on. */
  preview(
    broker: BrokerId,
    filter: TopicFilter,
    onMessage: (message: InboundMessage) => void,
    onEnd: (reason: string) => void,
  ): Unsubscribe;
  /** Listens on filters with a client of its own and at any rate, until told otherwise or until it cannot go on. For the explorer. */
  explore(broker: BrokerId, filters: readonly TopicFilter[], on: ExploreEvents): Unsubscribe;
  /** Counters for /metrics: received, bytes, oversize, dropped, reconnects for each broker. */
  counters(): Record<string, Record<string, number>>;
  stop(): Promise<void>;
}

/* ---- stores (server/db) ---- */

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

/** Brokers, registrations, dashboards, audit, commands, settings: durable when the promise resolves. */
export interface ConfigStore {
  brokers(): Promise<Broker[]>;
  putBroker(broker: Broker): Promise<void>;
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
  audit(query: { before?: number; limit: number; target?: string }): Promise<AuditEntry[]>;
  appendAudit(entry: NewAudit): Promise<void>;
  /** The command and its audit row, in one transaction, on disk before the promise resolves. Rejects when that cannot be had. */
  openCommand(record: CommandRecord): Promise<void>;
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

/* ---- people (server/people) ---- */

export interface PeopleEvents {
  /** Sessions ended, role or password changed, account removed: open sockets of the user must be looked at again, now. */
  onChange(
    listener: (change: { userId: string; sessionToken?: string; code: "signed-out" | "rights-changed" }) => void,
  ): Unsubscribe;
}

export interface Session {
  access: Access;
  /** Absent for an anonymous viewer. */
  token?: string;
}

export interface People extends PeopleEvents {
  /** From the cookie, as the database says now; anonymous where that is allowed; null otherwise. */
  session(headers: Headers): Promise<Session | null>;
  /** The user's rights as of now; null when the account or this session is gone. */
  recheck(session: Session): Promise<Access | null>;
  describe(headers: Headers): Promise<SessionOut>;
  /** Set-Cookie headers where the session is due to be prolonged: a page that is looked at stays signed in. */
  renew?(headers: Headers): Promise<Headers>;
  setupNeeded(): boolean;
  setupTokenValid(token: string): boolean;
  /** Answers the headers (Set-Cookie) that sign the caller in. Errors carry an HTTP status. */
  setup(
    input: { token: string; username: string; password: string },
    headers: Headers,
  ): Promise<Result<Headers, PeopleError>>;
  login(
    input: { username: string; password: string },
    headers: Headers,
    address: string,
  ): Promise<Result<Headers, PeopleError>>;
  logout(headers: Headers): Promise<Headers>;
  changePassword(input: { current: string; next: string }, headers: Headers): Promise<Result<Headers, PeopleError>>;
  list(): Promise<UserOut[]>;
  create(input: {
    username: string;
    name?: string;
    password: string;
    role: Role;
  }): Promise<Result<UserOut, PeopleError>>;
  update(id: string, patch: { name?: string; role?: Role; password?: string }): Promise<Result<UserOut, PeopleError>>;
  remove(id: string): Promise<Result<null, PeopleError>>;
}

export interface PeopleError {
  status: 400 | 401 | 403 | 404 | 409 | 429;
  message: string;
  field?: string;
  /** Seconds, with 429. */
  retryAfter?: number;
}

/* ---- the catalog: what is configured, from all origins (server/core) ---- */

export interface Sourced<T> {
  item: T;
  origin: Origin;
}

export interface Notice {
  id: string;
  level: "warning" | "critical";
  text: string;
}

export interface Catalog {
  brokers(): readonly Sourced<Broker>[];
  registrations(): readonly Sourced<Registration>[];
  dashboards(): readonly Sourced<Dashboard>[];
  onChange(listener: (what: { brokers: boolean; registrations: boolean; dashboards: boolean }) => void): Unsubscribe;
  /** The broker that a registration without one means. */
  defaultBroker(): BrokerId | undefined;
  /** Refused with field and reason: a duplicate id, one that stands in telltale.yaml, an unknown broker, a faulty JSONPath. */
  putRegistration(registration: Registration, mode: "create" | "replace"): Promise<Result<null, CatalogError>>;
  /** Makes or replaces many as one change: those that may not stand are left out. Answers the ids of those that do. */
  putRegistrations(registrations: readonly Registration[]): Promise<ReadonlySet<string>>;
  deleteRegistration(id: string): Promise<Result<null, CatalogError>>;
  putDashboard(dashboard: Dashboard, mode: "create" | "replace"): Promise<Result<Dashboard, CatalogError>>;
  deleteDashboard(slug: string): Promise<Result<null, CatalogError>>;
  putBroker(broker: Broker, mode: "create" | "replace"): Promise<Result<null, CatalogError>>;
  deleteBroker(id: string): Promise<Result<null, CatalogError>>;
  /** The file as last read, for the notice when it was refused. */
  notices(): readonly Notice[];
}

export interface CatalogError {
  status: 400 | 403 | 404 | 409;
  message: string;
  /** JSON pointer of the field at fault. */
  pointer?: string;
}

/** A source of configuration that is not the store: telltale.yaml, the environment, the demo house. */
export interface ConfigSource {
  origin: Exclude<Origin, "store">;
  current(): ConfigFile;
  onChange(listener: () => void): Unsubscribe;
  notice(): Notice | undefined;
  stop(): void;
}

/* ---- the live state (server/core) ---- */

/** A point with its present reading. `rev` is the revision of the last change of any of it. */
export interface LivePoint {
  readonly info: Omit<PointInfo, "operable">;
  readonly value: Value;
  readonly at: number | null;
  readonly status: PointStatus;
  readonly rev: number;
  /** The revision at which the status last changed. */
  readonly statusRev: number;
  /** In flight, or the last ended one since the start. */
  readonly command: Command | undefined;
  readonly commandRev: number;
}

export type LiveChange = "value" | "status" | "command";

export interface LiveState {
  /** Names this run of the server: revisions of another epoch mean nothing. */
  readonly epoch: string;
  readonly rev: number;
  get(id: PointId): LivePoint | undefined;
  /** In a stable order: by registration, then topic. */
  points(): Iterable<LivePoint>;
  /** Called in the turn of the event loop in which the change happened. */
  onUpdate(listener: (point: LivePoint, change: LiveChange) => void): Unsubscribe;
  /** The set of points, or what is known of them, changed. At most a few times a second. */
  onPoints(listener: () => void): Unsubscribe;
  /** The command's new state becomes visible to all who see the point. */
  applyCommand(command: Command): void;
  /** Every accepted, not retained reading: what the command desk confirms from. */
  onReading(
    listener: (reading: { point: PointId; value: Value; receivedAt: number; retained: boolean }) => void,
  ): Unsubscribe;
  /** What a command to this point would need: topics filled in, limits, payloads. Undefined for a sensor. */
  actuator(id: PointId): Actuator | undefined;
  /** What everyone should know: the cap on topics was hit. */
  notices?(): Notice[];
  counters(): Record<string, number>;
}

/** All that the command path must know of one actuator. */
export interface Actuator {
  point: PointId;
  broker: BrokerId;
  /** Every topic that rights are checked on: the state topic, or the command topic where there is none. */
  rightsTopic: string;
  /** As registered with `{1}` filled in; not yet checked. */
  commandTopic: string;
  /** The device's state topic is the command topic: its own echo must not count. */
  sharedTopic: boolean;
  info: Omit<PointInfo, "operable">;
  /** Type, enum, range and step; answers the exact payload to publish. */
  encode(value: Value): Result<{ payload: string; target: Value }, string>;
  /** Whether a reported value is the one asked for. */
  confirms(target: Value, reported: Value): boolean;
  confirmMs: number;
  qos: 0 | 1 | 2;
  retain: boolean;
}

/* ---- discovery (server/core/discovery) ---- */

/** What is listened to beside what is registered; the live state subscribes to it too. */
export interface Hearing {
  filters(): Iterable<{ broker: BrokerId; filter: TopicFilter }>;
  onFilters(listener: () => void): Unsubscribe;
  /** The last few messages that came by this filter, oldest first: a registration that comes later has missed them. */
  last(broker: BrokerId, filter: TopicFilter): Iterable<InboundMessage>;
}

export interface Discovery {
  state(): DiscoveryOut;
  /** `off` forgets what was found; what is kept stays. */
  setMode(mode: DiscoveryMode): Promise<void>;
  found(): FoundOut[];
  /** Registers what the device offers: all that it does not hide itself, or the named entities. Undefined: there is no such device. */
  keep(key: string, entities?: readonly string[]): Promise<{ kept: number } | undefined>;
  keepAll(): Promise<{ kept: number }>;
  /** Never proposed again, until it is taken back. Undefined: there is no such device. */
  ignore(key: string, ignored: boolean): Promise<null | undefined>;
  counters(): Record<string, number>;
}

/* ---- the command desk (server/core) ---- */

/** What an admin publishes by hand, in the explorer. */
export interface PublishDesk {
  /** design.md §3: admin as of now, guarded topic, audited before it goes out, never queued nor repeated. Never rejects. */
  publish(
    request: { broker?: BrokerId | undefined; topic: string; payload: string; qos: 0 | 1 | 2; retain: boolean },
    who: { session: Session; address: string | null },
  ): Promise<Result<Exclude<PublishOutcome, { outcome: "not-sent" }>, PublishRefusal>>;
}

export interface PublishRefusal {
  code: "bad-request" | "not-allowed" | "not-found" | "too-many" | "unavailable";
  message: string;
  field?: string;
}

export interface CommandDesk {
  /** design.md §3. Resolves when the command was sent or refused; never rejects. */
  send(request: CommandRequest, who: { session: Session; address: string | null }): Promise<Command>;
  counters(): Record<string, number>;
  /** Refuses from now on; what is open becomes unknown. */
  stop(): Promise<void>;
}
