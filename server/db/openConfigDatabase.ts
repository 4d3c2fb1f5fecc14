import { hostname } from "node:os";
import path from "node:path";
import { ok, type Result } from "../../lib/result";
import type { AccountsDatabase, ConfigStore } from "../ports";
import { createConfigStore } from "./config/configStore";
import { configMigrations } from "./config/tables";
import type { Sealer } from "./sealer";
import { noteSecret } from "./secretCanary";
import { createSqliteAccounts } from "./sqlite/accountsDatabase";
import { createSqliteAccess } from "./sqlite/configAccess";
import { openDatabase } from "./sqlite/openDatabase";

/** Waiting for another process's lock blocks the event loop. The store waits hardly at all and tries again in later turns. */
const STORE_BUSY_MS = 2;
const ACCOUNTS_BUSY_MS = 20;

export interface ConfigDatabase {
  store: ConfigStore;
  /**
   * A second connection to the same file, for the accounts (better-auth). Not the store's own: a transaction that is open across
   * an await there would swallow the store's writes, and with them the promise that a command is on disk before it is sent.
   */
  accounts: AccountsDatabase;
  /** Closes both. */
  close(): Promise<void>;
}

/**
 * Opens `<dataDir>/config.db`, or makes it. Refused with a sentence: damaged, or from a newer version.
 */
export async function openConfigDatabase(options: {
  dataDir: string;
  sealer: Sealer;
  /** TELLTALE_NODE. */
  node?: string;
}): Promise<Result<ConfigDatabase>> {
  const file = path.join(options.dataDir, "config.db");
  const open = (busyMs: number) => openDatabase({ file, migrations: configMigrations, synchronous: "FULL", busyMs });
  const own = open(STORE_BUSY_MS);
  if (!own.ok) return own;
  const connection = own.value;
  const access = createSqliteAccess(connection, {
    sealer: options.sealer,
    now: Date.now,
    node: options.node ?? hostname(),
  });
  const store = createConfigStore(access, async () => void connection.close());
  await noteSecret(store, options.sealer);
  const accounts = open(ACCOUNTS_BUSY_MS);
  if (!accounts.ok) {
    await store.close();
    return accounts;
  }
  return ok({
    store,
    accounts: createSqliteAccounts(accounts.value),
    async close() {
      accounts.value.close();
      await store.close();
    },
  });
}
