import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { err, ok, type Result } from "../../../lib/result";
import type { ConfigStore } from "../../ports";
import { createConfigStore } from "../config/configStore";
import { postgresConfigMigrations } from "../config/tables";
import type { Sealer } from "../sealer";
import { isNotedSecret, noteSecret } from "../secretCanary";
import { createPostgresAccess } from "./configAccess";
import type { Announce } from "./database";
import { findMisfit, findMove, migrate, whileMigrating } from "./migrate";
import { reasonOf } from "./pool";

export interface PostgresConfigOptions {
  url: string;
  /** To the same database. Stays the caller's, who ends it after the store. */
  pool: Pool;
  sealer: Sealer;
  /** TELLTALE_NODE. */
  node: string;
  /** Absent: no other node is told of changes. */
  announce?: Announce;
  /** This process, in what it claims among several. Absent: a random one. */
  process?: string;
}

/** The configuration in this database, whose tables are made where they are missing. Refused with a sentence. */
export async function openPostgresConfig(options: PostgresConfigOptions): Promise<Result<ConfigStore>> {
  const { url, pool, sealer, node, process = randomUUID(), announce = async () => undefined } = options;
  try {
    const migrated = await whileMigrating(url, async (client) => {
      const misfit = (await findMisfit(client)) ?? (await findMove(client));
      return misfit === undefined ? migrate(client, "config", postgresConfigMigrations) : err(misfit);
    });
    if (!migrated.ok) return migrated;
    const store = createConfigStore(
      createPostgresAccess({ pool, sealer, node, announce, process, now: Date.now }),
      async () => undefined,
    );
    // Nodes with different secrets could not read one another's sessions and broker passwords.
    if ((await isNotedSecret(store, sealer)) === false) return err(OTHER_SECRET);
    await noteSecret(store, sealer);
    return ok(store);
  } catch (error) {
    return err(`the database in DATABASE_URL cannot be used: ${reasonOf(error)}`);
  }
}

const OTHER_SECRET =
  "TELLTALE_SECRET is not the one that the database in DATABASE_URL was set up with: give every node the same. If that one is lost, run DELETE FROM settings WHERE key = 'secret-check', start, and enter the passwords of the brokers again";
