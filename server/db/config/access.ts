import {
  type Compilable,
  DummyDriver,
  Kysely,
  type OperationNodeSource,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { WireMessage } from "../../ports";
import type { Flow } from "../flow";
import type { Migration } from "../migrations";
import type { Sealer } from "../sealer";

/** A query as `sqlOver` builds it. The database's own access makes its SQL. */
export type Query<Row = unknown> = Compilable<Row> & OperationNodeSource;

/** A row of a table whose things are kept as JSON, in the order of `position`. */
export interface BodyRow {
  id: string;
  body: string;
  position: number;
}

/** What other nodes have to hear of. */
export type ChangeKind = "brokers" | "registrations" | "dashboards" | "settings" | "commands";

/** Statements inside a transaction. */
export interface Statements {
  /** Postgres takes in one statement what SQLite needs several for. */
  readonly dialect: "sqlite" | "postgres";
  /** How this process is called among several over one database. */
  readonly node: string;
  all<Row>(query: Query<Row>): Flow<Row[]>;
  /** Answers how many rows it changed. */
  run(query: Query): Flow<number>;
  /** An insert of one row, for each of many rows: its values in the order in which the query names them. */
  insertEach(query: Query, rows: Iterable<readonly unknown[]>): Flow<void>;
  /** What the transaction changed; an empty id: any of the kind. Other nodes hear of it when it commits. */
  changed(kind: ChangeKind, id: string): void;
  /** Absent where one process has the database for itself, and so knows which points are taken. */
  readonly claims?: Claims;
}

/** Of several processes one at a time has a command in flight for a point. */
export interface Claims {
  /** Takes the point for the command, also from `supersedes`; else answers whose command has it. */
  take(of: {
    point: string;
    command: string;
    by: string;
    supersedes: readonly string[];
    /** What it says on the wire, by which other nodes know it. */
    message?: WireMessage | undefined;
  }): Flow<{ heldBy: string } | undefined>;
  /** The command has left flight. */
  free(command: string): Flow;
  /** It did not go out: no message is explained by it. */
  unsay(command: string): Flow;
}

/** The configuration's database, as the tables' methods reach it. */
export interface ConfigAccess {
  readonly sealer: Sealer;
  now(): number;
  all<Row>(query: Query<Row>): Promise<Row[]>;
  /** A transaction: all of it or nothing, durable when the promise resolves. */
  write<T>(work: (statements: Statements) => Flow<T>): Promise<T>;
  /** All rows of a table, in any order. Those of SQLite are read while the iterator advances, a portion within a millisecond. */
  bodies(of: { table: "registrations" | "dashboards"; id: "id" | "slug" }): Promise<Iterable<BodyRow>>;
}

/** A column whose texts are sealed: whoever has another secret cannot read them. */
export interface SealedColumn {
  table: string;
  key: string;
  column: string;
  /** Under which context; undefined: the value of this row is not sealed. */
  contextOf(key: string): string | undefined;
}

/** A table of the configuration, or a few that belong together. One folder each. */
export interface ConfigTable<Methods> {
  readonly sealed?: readonly SealedColumn[];
  open(access: ConfigAccess): Methods;
  /** What makes the table, and each later change of it, in both databases. Tables that are older are made in ../migrations. */
  readonly migrations?: { readonly sqlite: readonly Migration[]; readonly postgres: readonly Migration[] };
}

/** Builds queries over these tables, without a database. */
export const sqlOver = <Tables>(): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
