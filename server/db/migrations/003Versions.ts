import type { Migration } from ".";

/**
 * A version for each thing that two people may edit. All are taken from one counter, so that a version never comes twice: what is
 * deleted and made again is newer than what somebody still has open.
 */
export const versions: Migration = {
  number: 3,
  name: "versions of brokers, registrations and dashboards",
  sql: `
    CREATE TABLE change_counter (id INTEGER PRIMARY KEY CHECK (id = 1), n INTEGER NOT NULL) STRICT;
    INSERT INTO change_counter VALUES (1, 1);
    ALTER TABLE brokers ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE registrations ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE dashboards ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
  `,
};
