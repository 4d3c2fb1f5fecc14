import type { Migration } from "..";
import { config } from "./001Config";

/** The steps that made the first tables on Postgres. A table that comes later brings its own (../../config/tables.ts). */
export const sharedPostgresConfigMigrations: readonly Migration[] = [config];
