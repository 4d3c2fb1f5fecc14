/**
 * The tables of several nodes over one Postgres, for the migrations, which run under one advisory lock. A released entry is never changed.
 * Times are epoch ms; those of `leases` and `nodes` are by the database's clock, those of gaps and marks by the recorder's.
 */
export const CLUSTER_MIGRATIONS: readonly { name: string; statements: readonly string[] }[] = [
  {
    name: "cluster-1",
    statements: [
      `CREATE TABLE leases (
        name text PRIMARY KEY,
        holder text NOT NULL,
        epoch bigint NOT NULL,
        expires timestamptz NOT NULL
      ) WITH (fillfactor = 50)`,
      `CREATE TABLE nodes (
        process text PRIMARY KEY,
        id text NOT NULL,
        version text NOT NULL,
        started_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        config_file text
      ) WITH (fillfactor = 50)`,
      `CREATE TABLE recordings (
        broker text PRIMARY KEY,
        epoch bigint NOT NULL,
        until bigint NOT NULL
      ) WITH (fillfactor = 50)`,
      `CREATE TABLE recording_marks (
        broker text NOT NULL,
        topic text NOT NULL,
        hash text NOT NULL,
        at bigint NOT NULL,
        PRIMARY KEY (broker, topic)
      ) WITH (fillfactor = 50)`,
      "CREATE INDEX recording_marks_at ON recording_marks (broker, at)",
      `CREATE TABLE recording_gaps (
        broker text NOT NULL,
        t0 bigint NOT NULL,
        t1 bigint NOT NULL,
        why text NOT NULL,
        PRIMARY KEY (broker, t0, why)
      )`,
      `CREATE TABLE versions (
        kind text PRIMARY KEY,
        version bigint NOT NULL
      ) WITH (fillfactor = 50)`,
      `CREATE TABLE commands_in_flight (
        point text PRIMARY KEY,
        command text NOT NULL UNIQUE,
        process text NOT NULL,
        by_name text NOT NULL
      ) WITH (fillfactor = 50)`,
      "CREATE INDEX commands_in_flight_process ON commands_in_flight (process)",
    ],
  },
];
