import type { Versions } from "../../../ports/stores";
import { nextTurn } from "../../../turns";
import { type ConfigAccess, type ConfigTable, sqlOver } from "../access";

export interface ChangesTable {
  /** Of everything that is stored, by id or slug: a number that no earlier change has had. */
  versions(): Promise<Versions>;
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
      const brokers = of(all(sql.selectFrom("brokers").select(["id as key", "version"]).compile()));
      const dashboards = of(all(sql.selectFrom("dashboards").select(["slug as key", "version"]).compile()));
      await nextTurn();
      const registrations = of(all(sql.selectFrom("registrations").select(["id as key", "version"]).compile()));
      return { brokers, registrations, dashboards };
    },
  }),
};

/** Inside a transaction. */
export function nextVersion({ all, run }: ConfigAccess): number {
  run(
    sql
      .updateTable("change_counter")
      .set((e) => ({ n: e("n", "+", 1) }))
      .compile(),
  );
  return all(sql.selectFrom("change_counter").select("n").compile())[0]?.n ?? 1;
}

/** Behind all that are there. */
export const nextPosition = ({ all }: ConfigAccess, table: "brokers" | "registrations" | "dashboards"): number =>
  all(
    sql
      .selectFrom(table)
      .select((e) => e.fn.coalesce(e.fn.max("position"), e.lit(0)).as("last"))
      .compile(),
  ).map((row) => Number(row.last) + 1)[0] ?? 1;
