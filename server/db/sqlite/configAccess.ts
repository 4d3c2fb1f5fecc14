import type Database from "better-sqlite3";
import type { BodyRow, ConfigAccess, Query, Statements } from "../config/access";
import { done, type Flow, runNow } from "../flow";
import type { Sealer } from "../sealer";

const BUSY_TRIES = 8;
const BUSY_PAUSE_MS = 10;
/** So many rows are read within a millisecond. */
const PORTION = 500;

export interface SqliteAccessParts {
  sealer: Sealer;
  now(): number;
  /** How this process is called in the audit trail. */
  node: string;
}

/** config.db. `database` must be open for this alone. */
export function createSqliteAccess(
  database: Database.Database,
  { sealer, now, node }: SqliteAccessParts,
): ConfigAccess {
  function all<Row>(query: Query<Row>): Row[] {
    const { sql, parameters } = query.compile();
    return database.prepare(sql).all(...parameters) as Row[];
  }

  const statements: Statements = {
    dialect: "sqlite",
    node,
    all: (query) => done(all(query)),
    run(query) {
      const { sql, parameters } = query.compile();
      return done(database.prepare(sql).run(...parameters).changes);
    },
    insertEach(query, rows) {
      const statement = database.prepare(query.compile().sql);
      for (const row of rows) statement.run(...row);
      return done(undefined);
    },
    // There is no other node.
    changed: () => undefined,
  };

  return {
    sealer,
    now,
    all: async (query) => all(query),

    /**
     * A transaction without an await inside: nothing else of this process can slip in between. When another process holds the
     * lock it is tried again in later turns, since waiting inside SQLite would stop every live tile.
     */
    async write<T>(work: (statements: Statements) => Flow<T>) {
      const transaction = database.transaction(() => runNow(work(statements)));
      for (let attempt = 1; ; attempt++) {
        try {
          return transaction.immediate();
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "SQLITE_BUSY" || attempt === BUSY_TRIES) throw error;
          await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS));
        }
      }
    },

    async bodies({ table, id }) {
      /** By their rowid, which is indexed. */
      const portion = database.prepare<[number], BodyRow & { place: number }>(
        `SELECT rowid AS place, position, ${id} AS id, body FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ${PORTION}`,
      );
      return inPortions((place) => portion.all(place));
    },
  };
}

function* inPortions(rowsBehind: (place: number) => (BodyRow & { place: number })[]): Generator<BodyRow, void> {
  let place = Number.MIN_SAFE_INTEGER;
  for (let rows = rowsBehind(place); rows.length > 0; rows = rowsBehind(place))
    for (const row of rows) {
      place = row.place;
      yield row;
    }
}
