import Database from "better-sqlite3";
import { ok } from "../../lib/result";
import { createConfigStore } from "../db/config/configStore";
import { configMigrations } from "../db/config/tables";
import { createSqliteAccess } from "../db/sqlite/configAccess";
import type { ConfigStore } from "../ports";

/** The store of the configuration in memory, for tests of what stands upon one. */
export function createMemoryConfigStore(): ConfigStore & { breakWrites(): void; mendWrites(): void } {
  const database = new Database(":memory:");
  for (const { sql } of configMigrations) database.exec(sql);
  const access = createSqliteAccess(database, { seal: (plain) => plain, open: ok }, Date.now);
  const store = createConfigStore(access, async () => void database.close());
  return {
    ...store,
    breakWrites: () => void database.pragma("query_only = ON"),
    mendWrites: () => void database.pragma("query_only = OFF"),
  };
}
