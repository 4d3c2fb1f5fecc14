import type { ConfigFile } from "../../lib/configFile";
import type { Dashboard } from "../../lib/dashboard";
import type { BrokerId } from "../../lib/ids";
import type { Origin, Registration } from "../../lib/registration";
import type { Result } from "../../lib/result";
import type { Unsubscribe } from "./common";
import type { ConfiguredBroker } from "./stores";

export interface Sourced<T> {
  item: T;
  origin: Origin;
}

export interface Notice {
  id: string;
  level: "warning" | "critical";
  text: string;
}

export interface Catalog {
  brokers(): readonly Sourced<ConfiguredBroker>[];
  registrations(): readonly Sourced<Registration>[];
  dashboards(): readonly Sourced<Dashboard>[];
  onChange(listener: (what: { brokers: boolean; registrations: boolean; dashboards: boolean }) => void): Unsubscribe;
  /** The broker that a registration without one means. */
  defaultBroker(): BrokerId | undefined;
  /** Refused with field and reason: a duplicate id, one that stands in telltale.yaml, an unknown broker, a faulty JSONPath. */
  putRegistration(registration: Registration, mode: "create" | "replace"): Promise<Result<null, CatalogError>>;
  /** Makes or replaces many as one change: those that may not stand are left out. Answers the ids of those that do. */
  putRegistrations(registrations: readonly Registration[]): Promise<ReadonlySet<string>>;
  deleteRegistration(id: string): Promise<Result<null, CatalogError>>;
  putDashboard(dashboard: Dashboard, mode: "create" | "replace"): Promise<Result<Dashboard, CatalogError>>;
  deleteDashboard(slug: string): Promise<Result<null, CatalogError>>;
  putBroker(broker: ConfiguredBroker, mode: "create" | "replace"): Promise<Result<null, CatalogError>>;
  deleteBroker(id: string): Promise<Result<null, CatalogError>>;
  /** The file as last read, for the notice when it was refused. */
  notices(): readonly Notice[];
}

export interface CatalogError {
  status: 400 | 403 | 404 | 409;
  message: string;
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
