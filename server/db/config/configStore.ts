import type Database from "better-sqlite3";
import type { Sealer } from "../sealer";
import { createAccess } from "./access";
import { type ConfigStore, configTables } from "./tables";

/** The configuration in SQLite. `database` must be open for this store alone. */
export function createConfigStore(
  database: Database.Database,
  sealer: Sealer,
  now: () => number = Date.now,
): ConfigStore {
  const access = createAccess(database, sealer, now);
  const methods = Object.values(configTables).map((table) => table.open(access));
  return Object.assign({ close: async () => void database.close() }, ...methods);
}
