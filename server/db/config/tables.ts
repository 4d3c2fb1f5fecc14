import { type Migration, sharedConfigMigrations } from "../migrations";
import type { ConfigTable } from "./access";
import { audit } from "./audit";
import { brokers } from "./brokers";
import { changes } from "./changes";
import { commands } from "./commands";
import { dashboards } from "./dashboards";
import { registrations } from "./registrations";
import { settings } from "./settings";

/** The tables of config.db. */
export const configTables = {
  brokers,
  registrations,
  dashboards,
  changes,
  audit,
  commands,
  settings,
};

/** All steps of its shape, in the order of their numbers. */
export const configMigrations: readonly Migration[] = [
  ...sharedConfigMigrations,
  ...Object.values<ConfigTable<unknown>>(configTables).flatMap(({ migrations }) => migrations ?? []),
].sort((a, b) => a.number - b.number);

type Tables = typeof configTables;
type MethodsOf<Table> = Table extends ConfigTable<infer Methods> ? Methods : never;
type AllOf<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The methods of all tables: brokers, registrations, dashboards, audit, commands, settings. Durable when the promise resolves. */
export type ConfigStore = AllOf<MethodsOf<Tables[keyof Tables]>> & { close(): Promise<void> };
