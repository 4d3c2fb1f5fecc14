import type { Migration } from "..";

/**
 * What several nodes say to one another. Times are epoch milliseconds; those of leases and nodes are by the database's clock, those of gaps and
 * marks by the recorder's. Rows that change every second leave room in their page for their next version.
 */
export const clusterMigration: Migration = {
  number: 4,
  name: "leases, nodes, recordings, versions, commands in flight",
  expands: true,
  sql: `
    CREATE TABLE leases (
      name TEXT PRIMARY KEY,
      holder TEXT NOT NULL,
      epoch BIGINT NOT NULL,
      expires TIMESTAMPTZ NOT NULL
    ) WITH (fillfactor = 50);
    CREATE TABLE nodes (
      process TEXT PRIMARY KEY,
      id TEXT NOT NULL,
      version TEXT NOT NULL,
      started_at TIMESTAMPTZ NOT NULL,
      seen_at TIMESTAMPTZ NOT NULL,
      config_file TEXT
    ) WITH (fillfactor = 50);
    CREATE TABLE recordings (
      broker TEXT PRIMARY KEY,
      epoch BIGINT NOT NULL,
      until BIGINT NOT NULL
    ) WITH (fillfactor = 50);
    CREATE TABLE recording_marks (
      id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      broker TEXT NOT NULL,
      at BIGINT NOT NULL,
      marks TEXT NOT NULL
    );
    CREATE INDEX recording_marks_at ON recording_marks (broker, at);
    CREATE TABLE recording_gaps (
      broker TEXT NOT NULL,
      t0 BIGINT NOT NULL,
      t1 BIGINT NOT NULL,
      why TEXT NOT NULL,
      PRIMARY KEY (broker, t0, why)
    );
    CREATE TABLE versions (
      kind TEXT PRIMARY KEY,
      version BIGINT NOT NULL
    ) WITH (fillfactor = 50);
    CREATE TABLE point_claims (
      point TEXT PRIMARY KEY,
      command TEXT NOT NULL UNIQUE,
      process TEXT NOT NULL,
      by_name TEXT NOT NULL
    ) WITH (fillfactor = 50);
    CREATE INDEX point_claims_process ON point_claims (process);
  `,
};
