import Database from "better-sqlite3";
import { ok } from "../../lib/result";
import { createConfigStore } from "../db/config/configStore";
import { configMigrations } from "../db/config/tables";
import { createSqliteAccess } from "../db/sqlite/configAccess";
import type { ConfigStore } from "../ports";

interface MemoryConfigStore extends ConfigStore {
  sql<Row>(statement: string): Promise<Row[]>;
  breakWrites(): void;
  mendWrites(): void;
}

/** The store of the configuration in memory, for tests of what stands upon one. */
export function createMemoryConfigStore(): MemoryConfigStore {
  const database = new Database(":memory:");
  for (const { sql } of configMigrations) database.exec(sql);
  const access = createSqliteAccess(database, {
    sealer: { seal: (plain) => plain, open: ok },
    now: Date.now,
    node: "memory",
  });
  const store = createConfigStore(access, async () => void database.close());
  return {
    ...store,
    sql: async <Row>(statement: string) => database.prepare(statement).all() as Row[],
    breakWrites: () => void database.pragma("query_only = ON"),
    mendWrites: () => void database.pragma("query_only = OFF"),
  };
}
