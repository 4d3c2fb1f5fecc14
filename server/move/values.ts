import { createHash, type Hash } from "node:crypto";

/** A value of a table, the same whichever database it comes from. A moment is its ISO text. */
export type Cell = string | number | boolean | null | Buffer;
export type Row = readonly Cell[];

/** What a column holds. Told by its type in Postgres, which has more of them. */
export type ColumnKind = "whole" | "real" | "text" | "bytes" | "flag" | "moment";

const KINDS: Readonly<Record<string, ColumnKind>> = {
  int2: "whole",
  int4: "whole",
  int8: "whole",
  float8: "real",
  text: "text",
  varchar: "text",
  bytea: "bytes",
  bool: "flag",
  timestamptz: "moment",
};

/** Undefined: a type that nobody has said how to move. */
export const kindOfType = (postgresType: string): ColumnKind | undefined => KINDS[postgresType];

/** Postgres refuses NUL in a text; the stores write its symbol too (configAccess.ts). */
const withoutNul = (text: string): string => (text.includes("\0") ? text.replaceAll("\0", "\u2400") : text);

/** A value as SQLite has it. SQLite knows no flags and no moments: better-auth stores 0 or 1, and ISO texts. */
export function cellFromSqlite(value: unknown, kind: ColumnKind): Cell {
  if (value === null || value === undefined) return null;
  if (kind === "flag") return value !== 0;
  if (kind === "moment") return new Date(value as string | number).toISOString();
  if (kind === "bytes") return typeof value === "string" ? Buffer.from(value) : (value as Buffer);
  return typeof value === "string" ? withoutNul(value) : (value as Cell);
}

export function cellToSqlite(cell: Cell, sqliteType: string): string | number | null | Buffer {
  if (typeof cell === "boolean") return cell ? 1 : 0;
  return Buffer.isBuffer(cell) && sqliteType === "TEXT" ? cell.toString() : cell;
}

/** A value as the driver of Postgres has it. */
export const cellFromPostgres = (value: unknown): Cell =>
  value instanceof Date ? value.toISOString() : (value as Cell);

/** How much of a page a row takes, roughly. */
export const bytesOf = (row: Row): number =>
  row.reduce<number>(
    (sum, cell) => sum + (typeof cell === "string" || Buffer.isBuffer(cell) ? cell.length : 8),
    ROW_BYTES,
  );
export const ROW_BYTES = 16;

/**
 * A checksum over rows in any order, since databases sort texts differently: the sum of the rows' SHA-256, in eight lanes. Rows may be
 * there twice.
 */
export class Checksum {
  rows = 0;
  readonly #lanes = new Uint32Array(8);

  add(row: Row): void {
    const hash = createHash("sha256");
    for (const cell of row) addCell(hash, cell);
    const digest = hash.digest();
    for (let i = 0; i < this.#lanes.length; i++)
      this.#lanes[i] = ((this.#lanes[i] as number) + digest.readUInt32LE(i * 4)) >>> 0;
    this.rows++;
  }

  get text(): string {
    return Array.from(this.#lanes, (lane) => lane.toString(16).padStart(8, "0")).join("");
  }
}

/** With its kind and length, so that no two rows are written alike. */
function addCell(hash: Hash, cell: Cell): void {
  if (cell === null) hash.update("-");
  else if (Buffer.isBuffer(cell)) hash.update(`b${cell.length}:`).update(cell);
  else if (typeof cell === "string") hash.update(`s${Buffer.byteLength(cell)}:${cell}`);
  else hash.update(`${typeof cell === "number" ? "n" : "f"}${String(cell)};`);
}
