import type { Kysely } from "kysely";

/** What the accounts' own statements use of better-auth's tables. */
export interface AccountTables {
  user: { id: string; username: string | null; role: string | null };
  account: { userId: string };
}

/** The database of the accounts: the configuration's, through connections of its own. */
export interface AccountsDatabase {
  readonly kind: "sqlite" | "postgres";
  readonly tables: Kysely<AccountTables>;
  /** One at a time, over all nodes of the installation: what reads and then writes, as the check that an admin remains. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Likewise, for changes of the tables' shape. */
  whileMigrating<T>(work: () => Promise<T>): Promise<T>;
}
