import type { Result } from "../lib/result";
import type { Config } from "./config";
import { lockDataFolder } from "./db/dataLock";
import { openConfigDatabase } from "./db/openConfigDatabase";
import { createPostgresAccounts } from "./db/postgres/accountsDatabase";
import { createBuildFiles } from "./db/postgres/buildFiles";
import { type Announce, createDatabase, type Database } from "./db/postgres/database";
import { openPostgresConfig } from "./db/postgres/openPostgresConfig";
import { openPostgresHistory } from "./db/postgres/openPostgresHistory";
import { createPool } from "./db/postgres/pool";
import { openHistory } from "./db/sqlite/openHistory";
import { openSecretBox, type SecretBox } from "./files/secretBox";
import type { Lifecycle } from "./lifecycle";
import type { AccountsDatabase, BuildFiles, Clock, ConfigStore, HistoryStore, Log, SharedHistory } from "./ports";

export interface Stores {
  store: ConfigStore;
  history: HistoryStore;
  accounts: AccountsDatabase;
  secrets: SecretBox;
  /** What several nodes share; absent with files. */
  shared?: { database: Database; history: SharedHistory; buildFiles: BuildFiles };
}

export interface StoresParts {
  config: Pick<Config, "dataDir" | "databaseUrl" | "node" | "secret">;
  clock: Clock;
  log: Log;
  /** Tells other nodes of changes of the configuration. */
  announce?: Announce;
}

/** Sessions are looked up with each request: they must not keep a command waiting for a connection, so each has its own. */
const CONNECTIONS = { store: 5, accounts: 5, shared: 3 };

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
  const { config, clock, log, announce } = parts;
  const secrets = need(openSecretBox({ secret: config.secret, dataDir: config.dataDir }));
  const poolOf = async (name: string, connections: number) =>
    run.opened(await createPool({ url, name: `telltale ${name}`, connections, log }), (pool) => pool.end());
  const pool = await poolOf("configuration", CONNECTIONS.store);
  const options = { url, pool, sealer: secrets, node: config.node, ...(announce && { announce }) };
  const store = run.opened(need(await openPostgresConfig(options)), (open) => open.close());
  const history = run.opened(need(await openPostgresHistory({ url, clock, log })), (open) => open.close());
  const accounts = createPostgresAccounts({ url, pool: await poolOf("accounts", CONNECTIONS.accounts) });
  const database = createDatabase({ url, pool: await poolOf("nodes", CONNECTIONS.shared), clock, log });
  const shared = { database, history, buildFiles: createBuildFiles(database) };
  return { store, history, accounts, secrets, shared };
}

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}
