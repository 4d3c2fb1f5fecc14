import { randomUUID } from "node:crypto";
import type { Result } from "../lib/result";
import type { Config } from "./config";
import { lockDataFolder } from "./db/dataLock";
import { openConfigDatabase } from "./db/openConfigDatabase";
import { createPostgresAccounts } from "./db/postgres/accountsDatabase";
import { createBuildFiles } from "./db/postgres/buildFiles";
import { createClusterTables } from "./db/postgres/cluster/clusterTables";
import { withFence } from "./db/postgres/cluster/fencedHistory";
import { noteChange } from "./db/postgres/cluster/versions";
import { type Announce, createDatabase } from "./db/postgres/database";
import { openPostgresConfig } from "./db/postgres/openPostgresConfig";
import { openPostgresHistory } from "./db/postgres/openPostgresHistory";
import { createPool } from "./db/postgres/pool";
import { openHistory } from "./db/sqlite/openHistory";
import { openSecretBox, type SecretBox } from "./files/secretBox";
import type { Lifecycle } from "./lifecycle";
import type {
  AccountsDatabase,
  BuildFiles,
  Clock,
  ClusterTables,
  ConfigStore,
  FencedHistory,
  HistoryStore,
  Log,
  SharedHistory,
} from "./ports";

export interface Stores {
  store: ConfigStore;
  history: HistoryStore;
  accounts: AccountsDatabase;
  secrets: SecretBox;
  /** What several nodes share; absent with files. */
  shared?: SharedStores;
}

export interface SharedStores {
  /** Random: this process, in rows that name who holds or does something. */
  process: string;
  tables: ClusterTables;
  history: SharedHistory & FencedHistory;
  buildFiles: BuildFiles;
}

export interface StoresParts {
  config: Pick<Config, "dataDir" | "databaseUrl" | "node" | "secret">;
  clock: Clock;
  log: Log;
}

/** Sessions are looked up with each request: they must not keep a command waiting for a connection, so each has its own. */
const CONNECTIONS = { store: 5, accounts: 5, shared: 4 };

/** The stores: files in the data folder or, with DATABASE_URL, Postgres. Throws a sentence where they cannot be used. */
export const openStores = (parts: StoresParts, run: Lifecycle): Promise<Stores> =>
  parts.config.databaseUrl === undefined ? openFiles(parts, run) : openPostgres(parts, parts.config.databaseUrl, run);

async function openFiles({ config, clock, log }: StoresParts, run: Lifecycle): Promise<Stores> {
  const { dataDir, secret, node } = config;
  run.opened(need(lockDataFolder(dataDir)), (lock) => lock.release());
  const secrets = need(openSecretBox({ secret, dataDir }));
  const { store, accounts } = run.opened(
    need(await openConfigDatabase({ dataDir, sealer: secrets, node })),
    (database) => database.close(),
  );
  const history = run.opened(need(await openHistory({ dataDir, clock, log })), (open) => open.close());
  return { store, history, accounts, secrets };
}

/** Nothing is written into the data folder, so that nodes on one machine may share it. */
async function openPostgres(parts: StoresParts, url: string, run: Lifecycle): Promise<Stores> {
  const { config, clock, log } = parts;
  const process = randomUUID();
  const secrets = need(openSecretBox({ secret: config.secret, dataDir: config.dataDir }));
  const poolOf = async (name: string, connections: number) =>
    run.opened(await createPool({ url, name: `telltale ${name}`, connections, log }), (pool) => pool.end());
  const pool = await poolOf("configuration", CONNECTIONS.store);
  const announce: Announce = (sql, kind, id) => noteChange(sql, { kind: NOTED_AS[kind], id, by: process });
  const options = { url, pool, sealer: secrets, node: config.node, process, announce };
  const store = run.opened(need(await openPostgresConfig(options)), (open) => open.close());
  const history = run.opened(need(await openPostgresHistory({ url, clock, log })), (open) => open.close());
  const accounts = createPostgresAccounts({ url, pool: await poolOf("accounts", CONNECTIONS.accounts) });
  const database = createDatabase({ url, pool: await poolOf("nodes", CONNECTIONS.shared), clock, log });
  const tables = createClusterTables(database, process);
  const shared = { process, tables, history: withFence(history), buildFiles: createBuildFiles(database) };
  return { store, history, accounts, secrets, shared };
}

/** What the nodes read again together has one version. */
const NOTED_AS = {
  brokers: "config",
  registrations: "config",
  dashboards: "config",
  settings: "settings",
  commands: "commands",
} as const;

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}
