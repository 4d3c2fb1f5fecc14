import type { Migration } from "..";

/** The telltale.yaml that is applied on all nodes: sealed, since it may hold passwords. */
export const appliedFile: Migration = {
  number: 6,
  name: "the applied telltale.yaml",
  expands: true,
  sql: `
    CREATE TABLE applied_file (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      hash TEXT,
      node TEXT NOT NULL,
      at TIMESTAMPTZ NOT NULL,
      body TEXT NOT NULL
    );
  `,
};
