import type { Generated } from "kysely";

/** The tables of config.db as migrations/ leaves them. Bodies and details are JSON texts; times are epoch milliseconds. */
export interface ConfigTables {
  brokers: {
    id: string;
    position: number;
    body: string;
    sealed_password: string | null;
    sealed_key: string | null;
    version: number;
  };
  registrations: { id: string; position: number; body: string; version: number };
  dashboards: { slug: string; position: number; body: string; version: number };
  change_counter: { id: number; n: number };
  commands: {
    id: string;
    point: string;
    at: number;
    in_flight: 0 | 1;
    /** Not confirmed and not dismissed, and the newest of its point: shown until then. */
    unsettled: 0 | 1;
    user_id: string;
    address: string | null;
    body: string;
  };
  audit: {
    id: Generated<number>;
    at: number;
    actor: string;
    action: string;
    target: string;
    detail: string;
    address: string | null;
  };
  settings: { key: string; value: string };
}
