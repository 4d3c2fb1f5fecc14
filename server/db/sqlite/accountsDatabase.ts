import type Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { createSerial } from "../../../lib/serial";
import type { AccountsDatabase, AccountTables } from "../../ports";

/** One process at a time uses a data folder (dataLock.ts), so its own order is enough. */
export function createSqliteAccounts(database: Database.Database): AccountsDatabase {
  return {
    kind: "sqlite",
    tables: new Kysely<AccountTables>({ dialect: new SqliteDialect({ database }) }),
    exclusively: createSerial(),
    whileMigrating: (work) => work(),
  };
}
