import type { Versions } from "../../../ports/stores";
import { nextTurn } from "../../../turns";
import type { Flow } from "../../flow";
import { type ConfigAccess, type ConfigTable, type Statements, sqlOver } from "../access";

export interface ChangesTable {
  /** Of everything that is stored, by id or slug: a number that no earlier change has had. */
  versions(): Promise<Versions>;
  /** How often something of it was changed, however. */
  changeCount(): Promise<number>;
}

/** Another node has changed the configuration since the count that was given: nothing was written. */
export class ChangedSince extends Error {
  constructor() {
    super("another node has changed the configuration meanwhile");
  }
}

const sql = sqlOver<{
  change_counter: { id: number; n: number };
  brokers: { id: string; position: number; version: number };
  registrations: { id: string; position: number; version: number };
  dashboards: { slug: string; position: number; version: number };
}>();

/** What counts the changes of brokers, registrations and dashboards. */
export const changes: ConfigTable<ChangesTable> = {
  open: ({ all }) => ({
    async versions() {
      const of = (rows: { key: string; version: number }[]) => new Map(rows.map(({ key, version }) => [key, version]));
      const brokers = of(await all(sql.selectFrom("brokers").select(["id as key", "version"])));
      const dashboards = of(await all(sql.selectFrom("dashboards").select(["slug as key", "version"])));
      await nextTurn();
      const registrations = of(await all(sql.selectFrom("registrations").select(["id as key", "version"])));
      return { brokers, registrations, dashboards };
    },
    async changeCount() {
      const [counter] = await all(sql.selectFrom("change_counter").select("n"));
      return counter?.n ?? 1;
    },
  }),
};

/** The same database, whose next transaction writes only if nothing was changed since. */
export const unchangedSince = (access: ConfigAccess, count: number): ConfigAccess => ({
  ...access,
  write: (work) =>
    access.write(function* (statements) {
      const { run } = statements;
      const counting = sql
        .updateTable("change_counter")
        .set({ n: count + 1 })
        .where("n", "=", count);
      if ((yield* run(counting)) === 0) throw new ChangedSince();
      return yield* work(statements);
    }),
});

/** The first statement of each change: on Postgres its row lock makes changes of several nodes wait for one another. */
export function* nextVersion({ all, run }: Statements): Flow<number> {
  yield* run(sql.updateTable("change_counter").set((e) => ({ n: e("n", "+", 1) })));
  const [counter] = yield* all(sql.selectFrom("change_counter").select("n"));
  return counter?.n ?? 1;
}

/** Behind all that are there. Called behind `nextVersion`, so that no two changes get the same. */
export function* nextPosition({ all }: Statements, table: "brokers" | "registrations" | "dashboards"): Flow<number> {
  const last = sql.selectFrom(table).select((e) => e.fn.coalesce(e.fn.max("position"), e.lit(0)).as("last"));
  const [row] = yield* all(last);
  return Number(row?.last ?? 0) + 1;
}
