import type { Result } from "../../../lib/result";
import { type Migration, sharedConfigMigrations } from "../migrations";
import { sharedPostgresConfigMigrations } from "../migrations/postgres";
import type { ConfigAccess, ConfigTable } from "./access";
import { alarms } from "./alarms";
import { audit } from "./audit";
import { brokers } from "./brokers";
import { changes } from "./changes";
import { commands } from "./commands";
import { dashboards } from "./dashboards";
import { gaps } from "./gaps";
import { registrations } from "./registrations";
import { settings } from "./settings";

/** The tables of the configuration. */
export const configTables = {
  brokers,
  registrations,
  dashboards,
  changes,
  audit,
  commands,
  settings,
  gaps,
  alarms,
};

const tables = Object.values<ConfigTable<unknown>>(configTables);
const inOrder = (migrations: readonly Migration[]) => migrations.toSorted((a, b) => a.number - b.number);

/** All steps of the shape of config.db, in the order of their numbers. */
export const configMigrations: readonly Migration[] = inOrder([
  ...sharedConfigMigrations,
  ...tables.flatMap(({ migrations }) => migrations?.sqlite ?? []),
]);

/** Likewise of the tables on Postgres. */
export const postgresConfigMigrations: readonly Migration[] = inOrder([
  ...sharedPostgresConfigMigrations,
  ...tables.flatMap(({ migrations }) => migrations?.postgres ?? []),
]);

/** What only this installation's secret opens. */
export const sealedColumns = tables.flatMap(({ sealed = [] }) => sealed);

type Tables = typeof configTables;
type MethodsOf<Table> = Table extends ConfigTable<infer Methods> ? Methods : never;
type AllOf<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** What a person configures, as it is changed. */
export type ConfiguredTables = AllOf<MethodsOf<Tables["brokers" | "registrations" | "dashboards"]>>;

export const openConfigured = (access: ConfigAccess): ConfiguredTables => ({
  ...brokers.open(access),
  ...registrations.open(access),
  ...dashboards.open(access),
});

/** The methods of all tables: brokers, registrations, dashboards, audit, commands, settings, gaps. Durable when the promise resolves. */
export type ConfigStore = AllOf<MethodsOf<Tables[keyof Tables]>> & {
  close(): Promise<void>;
  /** Makes one change, if `changeCount` is still this; else nothing is written. */
  since<T>(changeCount: number, change: (tables: ConfiguredTables) => Promise<T>): Promise<Result<T, "changed">>;
};
