import { type Dashboard, DashboardIn } from "../../../../lib/dashboard";
import { numbered } from "../../../../lib/dashboard/ids";
import { type ConfigTable, sqlOver } from "../access";
import { nextPosition, nextVersion } from "../changes";
import { createRowReader, readRow } from "../rows";

export interface DashboardsTable {
  /** In the order in which they are shown. */
  dashboards(): Promise<Dashboard[]>;
  putDashboard(dashboard: Dashboard): Promise<void>;
  deleteDashboard(slug: string): Promise<boolean>;
}

const sql = sqlOver<{ dashboards: { slug: string; position: number; body: string; version: number } }>();

export const dashboards: ConfigTable<DashboardsTable> = {
  open(access) {
    const { write } = access;
    return {
      dashboards: createRowReader(access, { table: "dashboards", id: "slug" }, (id, body) =>
        numbered(readRow(DashboardIn, "dashboard", id, body)),
      ),
      putDashboard: (dashboard) =>
        write(function* (statements) {
          const columns = { body: JSON.stringify(dashboard), version: yield* nextVersion(statements) };
          yield* statements.run(
            sql
              .insertInto("dashboards")
              .values({ slug: dashboard.slug, position: yield* nextPosition(statements, "dashboards"), ...columns })
              .onConflict((c) => c.column("slug").doUpdateSet(columns)),
          );
          statements.changed("dashboards", dashboard.slug);
        }),
      deleteDashboard: (slug) =>
        write(function* ({ run, changed }) {
          changed("dashboards", slug);
          return (yield* run(sql.deleteFrom("dashboards").where("slug", "=", slug))) > 0;
        }),
    };
  },
};
