import type { Migration } from ".";

/**
 * A row is about 24 bytes for a number. `n` tells readings of one point at the same millisecond apart; it is 0 nearly always,
 * which costs nothing. `kind`: 0 number, 1 boolean (as 0 or 1 in num), 2 text, 3 null.
 */
export const readings: Migration = {
  number: 1,
  name: "points and their readings",
  sql: `
    CREATE TABLE points (id INTEGER PRIMARY KEY, point TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE readings (
      point INTEGER NOT NULL,
      t INTEGER NOT NULL,
      n INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      num REAL,
      text TEXT,
      PRIMARY KEY (point, t, n)
    ) STRICT, WITHOUT ROWID;
  `,
};
