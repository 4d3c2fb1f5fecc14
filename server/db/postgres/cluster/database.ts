/** A list is sent as a Postgres array, for `unnest`. */
export type SqlValue = string | number | null | Uint8Array | readonly (string | number | null)[];

/** Rows as they come from the driver: whoever asks parses them. */
export interface SqlRunner {
  query(sql: string, values?: readonly SqlValue[]): Promise<readonly unknown[]>;
}

/** The database that the stores use, as far as the statements of this folder need it. All of it rejects where it cannot be reached in time. */
export interface Database extends SqlRunner {
  /** On one connection, in one transaction: committed when `run` resolves, rolled back when it rejects. */
  transaction<T>(run: (sql: SqlRunner) => Promise<T>): Promise<T>;
}
