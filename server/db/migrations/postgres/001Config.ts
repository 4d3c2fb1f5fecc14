import type { Migration } from "..";

/**
 * The tables that SQLite's first three steps make, column for column. Times are epoch milliseconds, truth is 0 or 1, bodies
 * are JSON as text: one value is stored the same in both databases. `rowid` is SQLite's name for what grows with each row. The audit's
 * targets may be topics of 64 kB, of which an index can only hold a hash.
 */
export const config: Migration = {
  number: 1,
  name: "brokers, registrations, dashboards, commands, audit, settings",
  sql: `
    CREATE TABLE brokers (
      id TEXT PRIMARY KEY,
      position BIGINT NOT NULL,
      body TEXT NOT NULL,
      sealed_password TEXT,
      sealed_key TEXT,
      version BIGINT NOT NULL DEFAULT 1
    );
    CREATE TABLE registrations (
      id TEXT PRIMARY KEY, position BIGINT NOT NULL, body TEXT NOT NULL, version BIGINT NOT NULL DEFAULT 1
    );
    CREATE TABLE dashboards (
      slug TEXT PRIMARY KEY, position BIGINT NOT NULL, body TEXT NOT NULL, version BIGINT NOT NULL DEFAULT 1
    );
    CREATE TABLE change_counter (id INTEGER PRIMARY KEY CHECK (id = 1), n BIGINT NOT NULL);
    INSERT INTO change_counter VALUES (1, 1);
    CREATE TABLE commands (
      rowid BIGINT GENERATED ALWAYS AS IDENTITY,
      id TEXT PRIMARY KEY,
      point TEXT NOT NULL,
      at BIGINT NOT NULL,
      in_flight SMALLINT NOT NULL,
      unsettled SMALLINT NOT NULL DEFAULT 0,
      user_id TEXT NOT NULL,
      address TEXT,
      body TEXT NOT NULL
    );
    CREATE INDEX commands_of_point ON commands (point, at);
    CREATE INDEX commands_in_order ON commands (point, rowid);
    CREATE INDEX commands_in_flight ON commands (at) WHERE in_flight = 1;
    CREATE INDEX commands_unsettled ON commands (point) WHERE unsettled = 1;
    CREATE TABLE audit (
      id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      at BIGINT NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      target TEXT NOT NULL,
      detail TEXT NOT NULL,
      address TEXT
    );
    CREATE INDEX audit_of_target ON audit USING hash (target);
    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
  `,
};
