import type { Migration } from ".";

/** What was not confirmed is shown until a person dismisses it, over restarts. What ended before this version is not brought up again. */
export const unsettledCommands: Migration = {
  number: 2,
  name: "commands: unsettled",
  sql: `
    ALTER TABLE commands ADD COLUMN unsettled INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX commands_unsettled ON commands (point) WHERE unsettled = 1;
  `,
};
