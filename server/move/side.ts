import type { MovedTable, TableShape } from "./tables";
import type { Cell, Row } from "./values";

/** What stops a move, as a sentence for who started it. */
export class MoveError extends Error {}

/** A page holds so many bytes or rows, whichever it reaches first, so that memory does not grow with the installation. */
export const PAGE = { bytes: 1_000_000, rows: 5000 };

/** An installation's databases. */
export interface Side {
  readonly kind: "sqlite" | "postgres";
  /** Its place without a password. */
  readonly label: string;
  shapes(): Promise<TableShape[]>;
  /** Rows, and about how many bytes they have. */
  size(table: MovedTable): Promise<{ rows: number; bytes: number }>;
  /** The rows behind a key, in the order of the key; none: that was all. */
  page(table: MovedTable, after: Row | undefined): Promise<Row[]>;
  /** The last number that a table's counter gave, also where its row is gone. */
  lastNumber(table: MovedTable): Promise<number>;
  close(): Promise<void>;
}

export interface SourceSide extends Side {
  /** What changes when somebody writes into it; empty where that cannot be told. */
  readonly stamp: string;
  /** Who uses it although nobody should. `leaving`: whoever is gone within some seconds does not. */
  users(who: { leaving: boolean }): Promise<string | undefined>;
}

/** Notes stand in the table `telltale_move`, each in the transaction of what it tells of. While it is there Telltale does not start. */
export interface Note {
  name: string;
  value: string;
}

export interface TargetSide extends Side {
  /** Undefined: there is no move in it. */
  notes(): Promise<ReadonlyMap<string, string> | undefined>;
  /** Makes the tables of this version, empty. Those that an earlier part of a move has made go; a table that is not `ours` stops it. */
  prepare(identity: string, ours: (table: string) => boolean): Promise<void>;
  /** Everything in one transaction. `table` says in which file the note is. */
  put(rows: readonly { table: MovedTable; rows: readonly Row[] }[], note: Note): Promise<void>;
  note(note: Note): Promise<void>;
  /** Lets a table's counter go on behind the numbers that are there. */
  setCounter(table: MovedTable, last: number): Promise<void>;
  /** Removes the notes: the installation can be used. */
  finish(): Promise<void>;
}

export const keyOf = (table: MovedTable, row: Row): Row =>
  table.key.map((name) => row[table.columns.findIndex((column) => column.name === name)] as Cell);
