import type { Migration } from "..";
import { config } from "./001Config";
import { history } from "./001History";
import { buildFiles } from "./003BuildFiles";
import { clusterMigration } from "./004Cluster";
import { commandMessages } from "./005CommandMessages";
import { appliedFile } from "./006AppliedFile";

/** The steps that made the first tables on Postgres. A table that comes later brings its own (../../config/tables.ts). */
export const sharedPostgresConfigMigrations: readonly Migration[] = [
  config,
  buildFiles,
  clusterMigration,
  commandMessages,
  appliedFile,
];

/** The tables of the readings. */
export const postgresHistoryMigrations: readonly Migration[] = [history];
