import { journalRowOf, newPoint, pointNames, rowsOfJournal } from "./looseReadings";
import { reseal, type Secrets } from "./secrets";
import { keyOf, type SourceSide, type TargetSide } from "./side";
import { type MovedTable, type Plan, tableCalled } from "./tables";
import type { Teller } from "./teller";
import { bytesOf, type Row } from "./values";

export interface Parts {
  source: SourceSide;
  target: TargetSide;
  plan: Plan;
  secrets: Secrets;
}

/** How far a table has come. Stands in the target, in the transaction of the rows themselves. */
interface Reached {
  after?: Row;
  rows: number;
  bytes: number;
  done: boolean;
}

const NOWHERE: Reached = { rows: 0, bytes: 0, done: false };

type Notes = ReadonlyMap<string, string>;
/** What is written of a page, all of it in one transaction. */
type Put = Parameters<TargetSide["put"]>[0];

/** Copies all that has not been copied yet. */
export async function copyAll(parts: Parts, notes: Notes, tell: Teller): Promise<void> {
  const { source, target, plan } = parts;
  for (const table of plan.tables)
    await copyTable(parts, table, notes, tell, async (page) => [
      [{ table, rows: page.map((row) => reseal(table, row, parts.secrets)) }, page],
    ]);
  await copyTable(parts, plan.loose[source.kind], notes, tell, await loosePages(parts));
  for (const table of plan.tables) await target.setCounter(table, await source.lastNumber(table));
}

/** A page as what is put into the target one after another, each with the rows of the source that it is made of. */
type Made = (page: readonly Row[], before: Reached) => Promise<[Put[number] | Put, readonly Row[]][]>;

async function copyTable(
  { source, target }: Parts,
  table: MovedTable,
  notes: Notes,
  tell: Teller,
  make: Made,
): Promise<void> {
  const name = `table ${table.name}`;
  const note = notes.get(name);
  let reached: Reached = note === undefined ? NOWHERE : JSON.parse(note);
  tell.did("copy", reached, true);
  while (!reached.done) {
    const page = await source.page(table, reached.after);
    const made = await make(page, reached);
    for (const [put, rows] of made) {
      const bytes = rows.reduce((sum, row) => sum + bytesOf(row), 0);
      const last = rows.at(-1);
      reached = {
        ...(last && { after: keyOf(table, last) }),
        rows: reached.rows + rows.length,
        bytes: reached.bytes + bytes,
        done: page.length === 0,
      };
      await target.put(Array.isArray(put) ? put : [put], { name, value: JSON.stringify(reached) });
      tell.did("copy", { rows: rows.length, bytes });
    }
    await nextTurn();
  }
}

/** So that Ctrl-C is heard while SQLite works. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What is not packed yet, in the other database's form. */
async function loosePages(parts: Parts): Promise<Made> {
  const { source, target, plan } = parts;
  if (source.kind === "sqlite") {
    const names = await pointNames(source, plan);
    const table = plan.loose.postgres;
    return async (page, before) => {
      // A page after another becomes a batch: its number grows with the rows before it.
      const rows = page.length === 0 ? [] : [journalRowOf(before.rows + page.length, page, names, plan)];
      return [[{ table, rows }, page]];
    };
  }
  const numbers = new Map([...(await pointNames(target, plan))].map(([id, name]) => [name, id as number]));
  let last = Math.max(0, ...numbers.values());
  const points = tableCalled(plan.tables, "points");
  const states = tableCalled(plan.tables, "states");
  return async (page) => {
    if (page.length === 0) return [[{ table: plan.loose.sqlite, rows: [] }, page]];
    return page.map((row) => {
      const fresh: Row[] = [];
      const numberOf = (name: string): number => {
        const known = numbers.get(name);
        if (known !== undefined) return known;
        numbers.set(name, ++last);
        fresh.push(newPoint(last, name, plan));
        return last;
      };
      const made = rowsOfJournal(row, numberOf, plan);
      const put: Put = [
        { table: points, rows: fresh },
        { table: states, rows: made.states },
        { table: plan.loose.sqlite, rows: made.numbers },
      ];
      return [put, [row]];
    });
  };
}
