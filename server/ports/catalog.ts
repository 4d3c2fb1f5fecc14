import type { ConfigFile } from "../../lib/configFile";
import type { Origin } from "../../lib/configOrigin";
import type { Dashboard, DashboardIn } from "../../lib/dashboard";
import type { BrokerId } from "../../lib/ids";
import type { Registration } from "../../lib/registration";
import type { Result } from "../../lib/result";
import type { Said } from "../../lib/texts/said";
import type { Unsubscribe } from "./common";
import type { ConfiguredBroker } from "./stores";

export interface Sourced<T> {
  item: T;
  origin: Origin;
  /** Which change it was last written by; 0 where it does not stand in the store. */
  version: number;
}

export interface Notice {
  id: string;
  level: "warning" | "critical";
  text: Said;
}

/** `replace` may name the versions that it is meant to replace: any other is a change that its author has not seen. */
export type PutMode = "create" | "replace" | { replace: readonly number[] | undefined };

export interface Catalog {
  brokers(): readonly Sourced<ConfiguredBroker>[];
  registrations(): readonly Sourced<Registration>[];
  dashboards(): readonly Sourced<Dashboard>[];
  onChange(listener: (what: { brokers: boolean; registrations: boolean; dashboards: boolean }) => void): Unsubscribe;
  /** The broker that a registration without one means. */
  defaultBroker(): BrokerId | undefined;
  /** Refused with field and reason: a duplicate id, one that stands in telltale.yaml, an unknown broker, a faulty JSONPath. */
  putRegistration(registration: Registration, mode: PutMode): Promise<Result<null, CatalogError>>;
  /** Makes or replaces many as one change: those that may not stand are left out. Answers the ids of those that do. */
  putRegistrations(registrations: readonly Registration[]): Promise<ReadonlySet<string>>;
  deleteRegistration(id: string, ifVersion?: readonly number[]): Promise<Result<null, CatalogError>>;
  putDashboard(dashboard: DashboardIn, mode: PutMode): Promise<Result<Dashboard, CatalogError>>;
  deleteDashboard(slug: string, ifVersion?: readonly number[]): Promise<Result<null, CatalogError>>;
  putBroker(broker: ConfiguredBroker, mode: PutMode): Promise<Result<null, CatalogError>>;
  deleteBroker(id: string, ifVersion?: readonly number[]): Promise<Result<null, CatalogError>>;
  /** The file as last read, for the notice when it was refused. */
  notices(): readonly Notice[];
}

export interface CatalogError {
  /** 412: it is of another version than those that were named. */
  status: 400 | 403 | 404 | 409 | 412;
  message: Said;
  /** JSON pointer of the field at fault. */
  pointer?: string;
}

/** A source of configuration that is not the store: telltale.yaml, the environment, the demo house. */
export interface ConfigSource {
  origin: Exclude<Origin, "store">;
  current(): ConfigFile;
  onChange(listener: () => void): Unsubscribe;
  notice(): Notice | undefined;
  stop(): void;
}
