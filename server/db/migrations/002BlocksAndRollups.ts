import type { Migration } from ".";

/**
 * `numbers` holds the numbers of late, until they are packed into `blocks`: then they stand there only. Blocks of a point do not
 * overlap. `data` is compressed (server/pipeline/history/block.ts); `tiers` has the bit of each roll-up that a block is part of,
 * so that a chart counts every reading once: in the roll-up, else in its block, else in `numbers`. The longest roll-up holds all
 * that is in blocks. In `points`, `whole_…` says from when on the readings, or a roll-up, are whole: before it some were forgotten.
 * `states` holds what is no number, as it came. A roll-up's row is a stretch of its buckets (rollupTable.ts).
 */
export const blocksAndRollups: Migration = {
  number: 2,
  name: "packed numbers, states, roll-ups",
  sql: `
    ALTER TABLE points ADD COLUMN whole_raw INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE points ADD COLUMN whole_1m INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE points ADD COLUMN whole_15m INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE numbers (
      point INTEGER NOT NULL,
      t INTEGER NOT NULL,
      n INTEGER NOT NULL,
      num REAL NOT NULL,
      PRIMARY KEY (point, t, n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE states (
      point INTEGER NOT NULL,
      t INTEGER NOT NULL,
      n INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      num REAL,
      text TEXT,
      PRIMARY KEY (point, t, n)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO numbers SELECT point, t, n, num FROM readings WHERE kind = 0 AND num IS NOT NULL;
    INSERT INTO states SELECT point, t, n, kind, num, text FROM readings WHERE kind <> 0;
    DROP TABLE readings;
    CREATE TABLE blocks (
      point INTEGER NOT NULL,
      t0 INTEGER NOT NULL,
      t1 INTEGER NOT NULL,
      count INTEGER NOT NULL,
      tiers INTEGER NOT NULL,
      last REAL NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (point, t0)
    ) STRICT;
    CREATE INDEX blocks_outside_1m ON blocks (point, t0) WHERE tiers & 1 = 0;
    CREATE INDEX blocks_outside_15m ON blocks (point, t0) WHERE tiers & 2 = 0;
    CREATE TABLE rollups (
      point INTEGER NOT NULL,
      tier INTEGER NOT NULL,
      stretch INTEGER NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (point, tier, stretch)
    ) STRICT;
  `,
};
