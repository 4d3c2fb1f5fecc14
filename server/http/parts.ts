import type {
  Alarms,
  Backups,
  Brokers,
  Catalog,
  Clock,
  Cluster,
  CommandService,
  ConfigStore,
  DenialAudit,
  DiscoveryService,
  HistoryStore,
  LiveState,
  Log,
  People,
} from "../ports";

/** What the API stands on; made elsewhere, joined by app.ts. */
export interface HttpParts {
  people: People;
  catalog: Catalog;
  live: LiveState;
  commands: CommandService;
  alarms: Alarms;
  discovery: DiscoveryService;
  store: ConfigStore;
  history: HistoryStore;
  backups: Backups;
  brokers: Brokers;
  config: { publicUrl?: string; version: string };
  /** Who calls: the socket's peer, or what a trusted proxy says. */
  clientAddress(peer: string | undefined, forwardedFor: string | string[] | undefined): string;
  /** Numbers of parts that are not here, by name: `{ sockets: { open: 3 } }` becomes telltale_sockets_open. */
  counters?(): Record<string, Record<string, number>>;
  denials: DenialAudit;
  /** Absent with SQLite. */
  cluster?: Cluster;
  clock: Clock;
  log: Log;
}
