import type { Migration } from "..";

/**
 * `history_journal` holds the readings of late, a row for each batch (server/db/postgres/history/journalRow.ts), until they are packed.
 * `history_writers` says which batch of each process was stored last. `blocks` and `rollups` are those of SQLite
 * (../002BlocksAndRollups.ts), `states` what is no number. The bytes are compressed already (EXTERNAL: Postgres does not try again),
 * and the newest block of a point is written anew with each pack (fillfactor: its next version stays in its page). Points are found by a hash of
 * their names: an index takes no text of more than 2,700 bytes, and one name that it refuses would hold up all of the journal.
 */
export const history: Migration = {
  number: 1,
  name: "journal, packed numbers, states, roll-ups",
  sql: `
    CREATE TABLE points (
      id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      point TEXT NOT NULL,
      whole_raw BIGINT NOT NULL DEFAULT 0,
      whole_1m BIGINT NOT NULL DEFAULT 0,
      whole_15m BIGINT NOT NULL DEFAULT 0
    );
    CREATE UNIQUE INDEX points_by_name ON points (md5(point));
    CREATE TABLE history_journal (
      id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      count INTEGER NOT NULL,
      data BYTEA NOT NULL
    );
    ALTER TABLE history_journal ALTER COLUMN data SET STORAGE EXTERNAL;
    CREATE TABLE history_writers (
      writer TEXT PRIMARY KEY,
      batch BIGINT NOT NULL,
      at TIMESTAMPTZ NOT NULL
    ) WITH (fillfactor = 50);
    CREATE TABLE states (
      point INTEGER NOT NULL,
      t BIGINT NOT NULL,
      n BIGINT NOT NULL,
      kind SMALLINT NOT NULL,
      num SMALLINT,
      text BYTEA,
      PRIMARY KEY (point, t, n)
    );
    CREATE TABLE blocks (
      point INTEGER NOT NULL,
      t0 BIGINT NOT NULL,
      t1 BIGINT NOT NULL,
      count INTEGER NOT NULL,
      tiers SMALLINT NOT NULL,
      last DOUBLE PRECISION NOT NULL,
      data BYTEA NOT NULL,
      PRIMARY KEY (point, t0)
    ) WITH (fillfactor = 50);
    ALTER TABLE blocks ALTER COLUMN data SET STORAGE EXTERNAL;
    CREATE INDEX blocks_outside_1m ON blocks (point, t0) WHERE tiers & 1 = 0;
    CREATE INDEX blocks_outside_15m ON blocks (point, t0) WHERE tiers & 2 = 0;
    CREATE TABLE rollups (
      point INTEGER NOT NULL,
      tier SMALLINT NOT NULL,
      stretch BIGINT NOT NULL,
      data BYTEA NOT NULL,
      PRIMARY KEY (point, tier, stretch)
    ) WITH (fillfactor = 50);
    ALTER TABLE rollups ALTER COLUMN data SET STORAGE EXTERNAL;
  `,
};
