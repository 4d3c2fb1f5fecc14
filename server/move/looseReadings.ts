import type { PointId } from "../../lib/ids";
import { ColumnBuilder } from "../db/history/columns";
import { PLACES } from "../db/postgres/history/journal";
import { openJournalRow, stateColumns, writeJournalRow } from "../db/postgres/history/journalRow";
import { keyOf, PAGE, type Side } from "./side";
import { type MovedTable, type Plan, rowOf, tableCalled } from "./tables";
import type { Cell, Row } from "./values";

/**
 * Readings that are not packed yet: SQLite has them as rows of `numbers`, with what is no number in `states` at once; Postgres as batches in
 * `history_journal`. Packed later, they are the same in both.
 */

/** A number that is not packed, as it is compared: in SQLite its point has a number, in the journal a name. */
const looseNumber = (point: string, t: Cell, num: Cell): Row => [point, t, num];

type Names = ReadonlyMap<Cell, string>;

const cellsOf = (table: MovedTable, row: Row): Record<string, Cell> =>
  Object.fromEntries(table.columns.map(({ name }, i) => [name, row[i] as Cell]));

/** The names of all points, by their numbers. */
export async function pointNames(side: Side, { tables }: Plan): Promise<Map<Cell, string>> {
  const points = tableCalled(tables, "points");
  const names = new Map<Cell, string>();
  for (let page = await side.page(points, undefined); page.length > 0; ) {
    for (const row of page) {
      const { id, point } = cellsOf(points, row);
      names.set(id as Cell, String(point));
    }
    page = await side.page(points, keyOf(points, page.at(-1) as Row));
  }
  return names;
}

/** Rows of `numbers` as a batch of the journal. */
export function journalRowOf(id: number, rows: readonly Row[], names: Names, { loose }: Plan): Row {
  const builder = new ColumnBuilder(PAGE.rows);
  for (const row of rows) {
    const { point, t, num } = cellsOf(loose.sqlite, row);
    builder.add({ point: nameOf(names, point as Cell) as PointId, at: t as number, value: num as number });
  }
  return rowOf<Cell>(loose.postgres, { id, count: rows.length, data: writeJournalRow(builder.take()) });
}

export const looseNumbersOf = (rows: readonly Row[], names: Names, { loose }: Plan): Row[] =>
  rows.map((row) => {
    const { point, t, num } = cellsOf(loose.sqlite, row);
    return looseNumber(nameOf(names, point as Cell), t as Cell, num as Cell);
  });

function nameOf(names: Names, id: Cell): string {
  const name = names.get(id);
  if (name === undefined) throw new Error(`the point ${String(id)} has no name`);
  return name;
}

/** A batch of the journal as rows of SQLite. `numberOf` gives new points a number. */
export interface JournalRows {
  numbers: Row[];
  states: Row[];
  /** The same numbers as they are compared. */
  loose: Row[];
}

/** `n` tells readings of one millisecond apart, in their order: as they would be packed in Postgres. */
export function rowsOfJournal(row: Row, numberOf: (name: string) => number, { loose, tables }: Plan): JournalRows {
  const states = tableCalled(tables, "states");
  const { id, data } = cellsOf(loose.postgres, row);
  const made: JournalRows = { numbers: [], states: [], loose: [] };
  for (const [name, part] of openJournalRow(data as Buffer).parts()) {
    const point = numberOf(name);
    const first = (id as number) * PLACES;
    for (const [i, t] of part.numbers.t.entries()) {
      const num = part.numbers.value[i] as number;
      made.numbers.push(rowOf<Cell>(loose.sqlite, { point, t, n: first + i, num }));
      made.loose.push(looseNumber(name, t, num));
    }
    for (const [i, t] of part.states.t.entries())
      made.states.push(rowOf<Cell>(states, { point, t, n: first + i, ...stateColumns(part.states.value[i] ?? null) }));
  }
  return made;
}

export const newPoint = (id: number, point: string, { tables }: Plan): Row =>
  rowOf<Cell>(tableCalled(tables, "points"), { id, point, whole_raw: 0, whole_1m: 0, whole_15m: 0 });
