import { z } from "zod";
import { DashboardOut } from "../../../lib/api";
import { Dashboard } from "../../../lib/dashboard";
import { err, ok } from "../../../lib/result";
import { endpoint, type Mount } from "../endpoint";
import type { HttpParts } from "../parts";
import { catalogFault, fieldFault, notFound } from "../problem";
import { changeFault, ifMatch, tagged } from "../versions";

const In = Dashboard.meta({ id: "Dashboard" });
const Out = DashboardOut.meta({ id: "DashboardOut" });

export function dashboardRoutes({ catalog }: HttpParts): Mount[] {
  const all = () => catalog.dashboards().map(({ item, origin, version }) => ({ ...item, origin, version }));
  const one = (slug: string) => {
    const found = all().find((dashboard) => dashboard.slug === slug);
    return found ? ok(found) : err(notFound(`dashboard "${slug}"`));
  };

  const current = (slug: string) => {
    const found = one(slug);
    return found.ok ? found.value : null;
  };

  return [
    endpoint({
      method: "get",
      path: "/dashboards",
      level: "viewer",
      summary: "All dashboards, in the order of the navigation",
      answer: z.array(Out),
      run: async () => ok(all()),
    }),
    endpoint({
      method: "post",
      path: "/dashboards",
      level: "admin",
      summary: "Create a dashboard",
      body: In,
      answer: Out,
      status: 201,
      async run({ body, audit, answerHeaders }) {
        const result = await catalog.putDashboard(body, "create");
        if (!result.ok) return err(catalogFault(result.error));
        await audit("dashboard.create", body.slug, { title: body.title, tiles: body.tiles.length });
        return tagged(answerHeaders, one(body.slug));
      },
    }),
    endpoint({
      method: "get",
      path: "/dashboards/{slug}",
      level: "viewer",
      summary: "One dashboard",
      answer: Out,
      run: async ({ params, answerHeaders }) => tagged(answerHeaders, one(params.slug ?? "")),
    }),
    endpoint({
      method: "put",
      path: "/dashboards/{slug}",
      level: "admin",
      summary: "Change a dashboard: its title and its tiles, whole",
      body: In,
      answer: Out,
      async run({ params, body, headers, answerHeaders, audit }) {
        const before = one(params.slug ?? "");
        if (!before.ok) return before;
        if (body.slug !== params.slug)
          return err(fieldFault("/slug", "The slug cannot be changed: links point to it. Change the title instead."));
        const result = await catalog.putDashboard(body, { replace: ifMatch(headers) });
        if (!result.ok) return err(changeFault(result.error, () => current(body.slug)));
        await audit("dashboard.change", body.slug, { title: body.title, tiles: body.tiles.length });
        return tagged(answerHeaders, one(body.slug));
      },
    }),
    endpoint({
      method: "delete",
      path: "/dashboards/{slug}",
      level: "admin",
      summary: "Delete a dashboard; its points stay",
      async run({ params, headers, audit }) {
        const before = one(params.slug ?? "");
        if (!before.ok) return before;
        const { slug, title } = before.value;
        const result = await catalog.deleteDashboard(slug, ifMatch(headers));
        if (!result.ok) return err(changeFault(result.error, () => current(slug)));
        await audit("dashboard.delete", slug, { title });
        return ok(null);
      },
    }),
  ];
}
