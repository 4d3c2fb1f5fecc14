import type Database from "better-sqlite3";
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { Migration } from "../migrations";
import type { Sealer } from "../sealer";

/** config.db, as the tables' methods reach it. */
export interface ConfigAccess {
  readonly database: Database.Database;
  readonly sealer: Sealer;
  now(): number;
  all<Row>(query: CompiledQuery<Row>): Row[];
  /** Answers how many rows it changed. */
  run(query: CompiledQuery): number;
  /**
   * A transaction without an await inside: nothing else of this process can slip in between. When another process holds the
   * lock it is tried again in later turns, since waiting inside SQLite would stop every live tile.
   */
  write<T>(work: () => T): Promise<T>;
}

/** A table of config.db, or a few that belong together: what stands in it, in the words of what is stored. One folder each. */
export interface ConfigTable<Methods> {
  open(access: ConfigAccess): Methods;
  /** What makes the table, and each later change of it. Tables that are older are made in ../migrations. */
  readonly migrations?: readonly Migration[];
}

const BUSY_TRIES = 8;
const BUSY_PAUSE_MS = 10;

export function createAccess(database: Database.Database, sealer: Sealer, now: () => number): ConfigAccess {
  return {
    database,
    sealer,
    now,
    all: <Row>(query: CompiledQuery<Row>) => database.prepare(query.sql).all(...query.parameters) as Row[],
    run: (query) => database.prepare(query.sql).run(...query.parameters).changes,
    async write(work) {
      const transaction = database.transaction(work);
      for (let attempt = 1; ; attempt++) {
        try {
          return transaction.immediate();
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "SQLITE_BUSY" || attempt === BUSY_TRIES) throw error;
          await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS));
        }
      }
    },
  };
}

/** Writes the SQL over these tables; what runs it is the handle, in one turn of the event loop (see `write`). */
export const sqlOver = <Tables>(): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
