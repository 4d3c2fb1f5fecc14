import type { Migration } from "..";

/** What browsers load of each build that runs, or ran of late, so that every node can serve it. */
export const buildFiles: Migration = {
  number: 3,
  name: "files of builds",
  expands: true,
  sql: "CREATE TABLE build_files (path TEXT PRIMARY KEY, data BYTEA NOT NULL, used_at TIMESTAMPTZ NOT NULL DEFAULT now())",
};
