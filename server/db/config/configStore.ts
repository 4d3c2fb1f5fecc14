import type { ConfigAccess } from "./access";
import { type ConfigStore, configTables } from "./tables";

/** The methods of all tables over one database, which `close` closes. */
export function createConfigStore(access: ConfigAccess, close: () => Promise<void>): ConfigStore {
  const methods = Object.values(configTables).map((table) => table.open(access));
  return Object.assign({ close }, ...methods);
}
