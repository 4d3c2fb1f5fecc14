import { z } from "zod";
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
const Reached = z.object({
  /** The key of the last row. */
  after: z.array(z.union([z.string(), z.number()])).optional(),
  rows: z.number(),
  bytes: z.number(),
  done: z.boolean(),
});
type Reached = z.infer<typeof Reached>;

const NOWHERE: Reached = { rows: 0, bytes: 0, done: false };

type Notes = ReadonlyMap<string, string>;

/** What is put into the target in one transaction, and the rows of the source that it is made of. */
interface Portion {
  put: Parameters<TargetSide["put"]>[0];
  of: readonly Row[];
}
/** The portions of a page. Of an empty page, the last one, a portion of nothing: its note says that all is there. */
type Made = (page: readonly Row[], before: Reached) => readonly Portion[];

/** Copies all that has not been copied yet. */
export async function copyAll(parts: Parts, notes: Notes, tell: Teller): Promise<void> {
  const { source, target, plan } = parts;
  for (const table of plan.tables)
    await copyTable(parts, table, notes, tell, (page) => [
      { put: [{ table, rows: page.map((row) => reseal(table, row, parts.secrets)) }], of: page },
    ]);
  await copyTable(parts, plan.loose[source.kind], notes, tell, await loosePages(parts));
  for (const table of plan.tables) await target.setCounter(table, await source.lastNumber(table));
}

async function copyTable(
  { source, target }: Parts,
  table: MovedTable,
  notes: Notes,
  tell: Teller,
  make: Made,
): Promise<void> {
  const name = `table ${table.name}`;
  const note = notes.get(name);
  let reached: Reached = note === undefined ? NOWHERE : Reached.parse(JSON.parse(note));
  tell.did("copy", reached, true);
  while (!reached.done) {
    const page = await source.page(table, reached.after);
    for (const { put, of } of make(page, reached)) {
      const bytes = of.reduce((sum, row) => sum + bytesOf(row), 0);
      const last = of.at(-1);
      reached = Reached.parse({
        ...(last && { after: keyOf(table, last) }),
        rows: reached.rows + of.length,
        bytes: reached.bytes + bytes,
        done: page.length === 0,
      });
      await target.put(put, { name, value: JSON.stringify(reached) });
      tell.did("copy", { rows: of.length, bytes });
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
    return (page, before) => {
      // A page after another becomes a batch: its number grows with the rows before it.
      const rows = page.length === 0 ? [] : [journalRowOf(before.rows + page.length, page, names, plan)];
      return [{ put: [{ table, rows }], of: page }];
    };
  }
  const numbers = new Map([...(await pointNames(target, plan))].map(([id, name]) => [name, id as number]));
  let last = Math.max(0, ...numbers.values());
  const points = tableCalled(plan.tables, "points");
  const states = tableCalled(plan.tables, "states");
  return (page) => {
    if (page.length === 0) return [{ put: [{ table: plan.loose.sqlite, rows: [] }], of: page }];
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
      const put = [
        { table: points, rows: fresh },
        { table: states, rows: made.states },
        { table: plan.loose.sqlite, rows: made.numbers },
      ];
      return { put, of: [row] };
    });
  };
}
