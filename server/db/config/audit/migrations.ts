import type { ConfigTable } from "../access";

const name = "chains of the audit trail";

/**
 * Rows of before stay outside the chains. `audit_heads` names the last row of each node's chain; `prev` is there so that one statement can set the
 * new head and tell what was before it.
 */
export const auditChain: ConfigTable<unknown>["migrations"] = {
  sqlite: [
    {
      number: 4,
      name,
      sql: `
        ALTER TABLE audit ADD COLUMN node TEXT;
        ALTER TABLE audit ADD COLUMN seq INTEGER;
        ALTER TABLE audit ADD COLUMN prev TEXT;
        ALTER TABLE audit ADD COLUMN hash TEXT;
        CREATE TABLE audit_heads (
          node TEXT PRIMARY KEY, seq INTEGER NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL
        ) STRICT;
      `,
    },
  ],
  postgres: [
    {
      number: 2,
      name,
      expands: true,
      sql: `
        ALTER TABLE audit ADD COLUMN node TEXT, ADD COLUMN seq BIGINT, ADD COLUMN prev TEXT, ADD COLUMN hash TEXT;
        CREATE TABLE audit_heads (
          node TEXT PRIMARY KEY, seq BIGINT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL
        ) WITH (fillfactor = 50);
      `,
    },
  ],
};
