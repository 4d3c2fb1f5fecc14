import path from "node:path";
import type Database from "better-sqlite3";
import { err, ok, type Result } from "../../lib/result";
import type { ConfigStore } from "../ports";
import { configMigrations } from "./migrations";
import type { Sealer } from "./sealer";
import { createSqliteConfigStore } from "./sqlite/configStore";
import { openDatabase } from "./sqlite/openDatabase";

/** Waiting for another process's lock blocks the event loop. The store waits hardly at all and tries again in later turns. */
const STORE_BUSY_MS = 2;
const ACCOUNTS_BUSY_MS = 20;
const CANARY = "secret-check";
const CANARY_TEXT = "telltale";

export interface ConfigDatabase {
  store: ConfigStore;
  /**
   * A second connection to the same file, for the accounts (better-auth). Not the store's own: a transaction that is open across
   * an await there would swallow the store's writes, and with them the promise that a command is on disk before it is sent.
   */
  database: Database.Database;
  /** Closes both. */
  close(): Promise<void>;
}

/**
 * Opens `<dataDir>/config.db`, or makes it. Refused with a sentence: damaged, from a newer version, or sealed with another secret
 * than the one at hand.
 */
export async function openConfigDatabase(options: {
  dataDir: string;
  sealer: Sealer;
}): Promise<Result<ConfigDatabase>> {
  const file = path.join(options.dataDir, "config.db");
  const open = (busyMs: number) => openDatabase({ file, migrations: configMigrations, synchronous: "FULL", busyMs });
  const own = open(STORE_BUSY_MS);
  if (!own.ok) return own;
  const store = createSqliteConfigStore(own.value, options.sealer);
  const mismatch = await checkSecret(own.value, store, options.sealer);
  const accounts = mismatch === undefined ? open(ACCOUNTS_BUSY_MS) : err(mismatch);
  if (!accounts.ok) {
    await store.close();
    return accounts;
  }
  const database = accounts.value;
  return ok({
    store,
    database,
    async close() {
      database.close();
      await store.close();
    },
  });
}

/** A wrong TELLTALE_SECRET is found at start, and not when a broker first asks for its password. */
async function checkSecret(
  database: Database.Database,
  store: ConfigStore,
  sealer: Sealer,
): Promise<string | undefined> {
  const sealed = await store.setting(CANARY);
  if (sealed !== undefined && sealer.open(sealed, CANARY).ok) return undefined;
  const secrets = database
    .prepare("SELECT count(*) FROM brokers WHERE sealed_password IS NOT NULL OR sealed_key IS NOT NULL")
    .pluck()
    .get() as number;
  if (sealed !== undefined && secrets > 0)
    return "the broker passwords in config.db were encrypted with another secret: set TELLTALE_SECRET to the one of before, or bring back the file data/secret that belongs to this database";
  await store.putSetting(CANARY, sealer.seal(CANARY_TEXT, CANARY));
  return undefined;
}
