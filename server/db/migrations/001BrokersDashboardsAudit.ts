import type { Migration } from ".";

/**
 * Bodies are the JSON of lib/'s schemas; columns beside them are what is searched or must not be readable.
 * `position` keeps the order in which things were added and are shown.
 */
export const brokersDashboardsAudit: Migration = {
  number: 1,
  name: "brokers, registrations, dashboards, commands, audit, settings",
  sql: `
    CREATE TABLE brokers (
      id TEXT PRIMARY KEY,
      position INTEGER NOT NULL,
      body TEXT NOT NULL,
      sealed_password TEXT,
      sealed_key TEXT
    ) STRICT;
    CREATE TABLE registrations (id TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE TABLE dashboards (slug TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE TABLE commands (
      id TEXT PRIMARY KEY,
      point TEXT NOT NULL,
      at INTEGER NOT NULL,
      in_flight INTEGER NOT NULL,
      user_id TEXT NOT NULL,
      address TEXT,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX commands_of_point ON commands (point, at);
    CREATE INDEX point_claims ON commands (at) WHERE in_flight = 1;
    CREATE TABLE audit (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      target TEXT NOT NULL,
      detail TEXT NOT NULL,
      address TEXT
    ) STRICT;
    CREATE INDEX audit_of_target ON audit (target, id);
    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  `,
};
