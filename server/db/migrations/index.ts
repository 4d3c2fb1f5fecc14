import { brokersDashboardsAudit } from "./001BrokersDashboardsAudit";
import { readings } from "./001Readings";
import { blocksAndRollups } from "./002BlocksAndRollups";
import { unsettledCommands } from "./002UnsettledCommands";
import { versions } from "./003Versions";

/**
 * One step of a database's shape. Steps only go forward, are never changed once released, and are recorded in the
 * database; a new step is a new file with the next number behind it.
 */
export interface Migration {
  number: number;
  name: string;
  sql: string;
  /**
   * It only adds what the version before does not know and does not need: that version may run on, and start again, beside this one. Looked at
   * on Postgres, whose nodes are upgraded one after the other; a data folder is used by one Telltale at a time.
   */
  expands?: true;
}

/** config.db: the steps that made the first tables. A table that comes later brings its own steps (../config/tables.ts). */
export const sharedConfigMigrations: readonly Migration[] = [brokersDashboardsAudit, unsettledCommands, versions];

/** history.db: what the devices said. */
export const historyMigrations: readonly Migration[] = [readings, blocksAndRollups];
