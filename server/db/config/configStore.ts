import { err, ok } from "../../../lib/result";
import type { ConfigAccess } from "./access";
import { ChangedSince, unchangedSince } from "./changes";
import { type ConfigStore, configTables, openConfigured } from "./tables";

/** The methods of all tables over one database, which `close` closes. */
export function createConfigStore(access: ConfigAccess, close: () => Promise<void>): ConfigStore {
  const methods = Object.values(configTables).map((table) => table.open(access));
  const since: ConfigStore["since"] = async (count, change) => {
    try {
      return ok(await change(openConfigured(unchangedSince(access, count))));
    } catch (error) {
      if (error instanceof ChangedSince) return err("changed");
      throw error;
    }
  };
  return Object.assign({ close, since }, ...methods);
}
