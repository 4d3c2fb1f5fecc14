import { PLACES } from "../db/postgres/history/journal";
import { nextTurn, type Parts } from "./copy";
import { looseNumbersOf, newPoint, pointNames, rowsOfJournal } from "./looseReadings";
import { unseal } from "./secrets";
import { keyOf, type Side } from "./side";
import { LOOSE, type MovedTable } from "./tables";
import type { Teller } from "./teller";
import { bytesOf, Checksum, type Row } from "./values";

export interface Compared {
  name: string;
  rows: number;
  checksum: string;
  same: boolean;
}

/** Reads both installations from end to end, and compares counts and checksums of each table. */
export async function compareAll(parts: Parts, tell: Teller): Promise<Compared[]> {
  const { source, target, plan, secrets } = parts;
  const compared: Compared[] = [];
  const sides = [
    { side: source, box: secrets.from, sums: new Map<string, Checksum>() },
    { side: target, box: secrets.to, sums: new Map<string, Checksum>() },
  ];
  for (const one of sides) await addLoose(parts, one.side, one.sums, tell);
  let highest = 0;
  for (const table of plan.tables) {
    const n = table.name === "states" ? table.columns.findIndex(({ name }) => name === "n") : -1;
    for (const { side, box, sums } of sides) {
      const sum = sumOf(sums, table.name);
      await eachRow(side, table, tell, (row) => {
        sum.add(unseal(table, row, box));
        if (n >= 0) highest = Math.max(highest, row[n] as number);
      });
    }
  }
  // Readings that come to Postgres later are behind those of the same millisecond that are there.
  if (target.kind === "postgres") await target.setCounter(plan.loose.postgres, Math.ceil(highest / PLACES));
  const [here, there] = sides.map(({ sums }) => sums) as [Map<string, Checksum>, Map<string, Checksum>];
  for (const [name, sum] of here) {
    const other = sumOf(there, name);
    compared.push({
      name,
      rows: sum.rows,
      checksum: sum.text,
      same: sum.rows === other.rows && sum.text === other.text,
    });
  }
  return compared;
}

function sumOf(sums: Map<string, Checksum>, name: string): Checksum {
  const sum = sums.get(name) ?? new Checksum();
  sums.set(name, sum);
  return sum;
}

async function eachRow(side: Side, table: MovedTable, tell: Teller, take: (row: Row) => void): Promise<void> {
  await eachPage(side, table, tell, (rows) => {
    for (const row of rows) take(row);
  });
}

async function eachPage(
  side: Side,
  table: MovedTable,
  tell: Teller,
  take: (rows: readonly Row[]) => void,
): Promise<void> {
  let page = await side.page(table, undefined);
  while (page.length > 0) {
    take(page);
    // Both sides are read: half of it for each.
    tell.did("compare", { rows: page.length / 2, bytes: page.reduce((sum, row) => sum + bytesOf(row), 0) / 2 });
    await nextTurn();
    page = await side.page(table, keyOf(table, page.at(-1) as Row));
  }
}

/** What is not packed, as the other database has it: what is in the journal alone is in SQLite's `states` and `points` too. */
async function addLoose({ source, target, plan }: Parts, side: Side, sums: Map<string, Checksum>, tell: Teller) {
  const loose = sumOf(sums, LOOSE.sqlite);
  const names = await pointNames(side, plan);
  if (side.kind === "sqlite") {
    await eachPage(side, plan.loose.sqlite, tell, (rows) => {
      for (const row of looseNumbersOf(rows, names, plan)) loose.add(row);
    });
    return;
  }
  const known = new Set(names.values());
  const numbered = side === source ? await pointNames(target, plan) : names;
  const numbers = new Map([...numbered].map(([id, name]) => [name, id as number]));
  await eachRow(side, plan.loose.postgres, tell, (row) => {
    const numberOf = (name: string): number => {
      const id = numbers.get(name) ?? Number.NaN;
      if (!known.has(name)) sumOf(sums, "points").add(newPoint(id, name, plan));
      known.add(name);
      return id;
    };
    const made = rowsOfJournal(row, numberOf, plan);
    for (const number of made.loose) loose.add(number);
    for (const state of made.states) sumOf(sums, "states").add(state);
  });
}
