import { dashboardContracts } from "../../../lib/api";
import { tilesIn } from "../../../lib/dashboard/tilesIn";
import { err, ok } from "../../../lib/result";
import { say } from "../../../lib/texts/said";
import { implement, type Mount } from "../implement";
import type { HttpParts } from "../parts";
import { catalogFault, fieldFault, notFound } from "../problem";
import { changeFault, ifMatch, tagged } from "../versions";

export function dashboardRoutes({ catalog }: HttpParts): Mount[] {
  const all = () => catalog.dashboards().map(({ item, origin, version }) => ({ ...item, origin, version }));
  const one = (slug: string) => {
    const found = all().find((dashboard) => dashboard.slug === slug);
    return found ? ok(found) : err(notFound(say("problem.dashboard", { id: slug })));
  };

  const current = (slug: string) => {
    const found = one(slug);
    return found.ok ? found.value : null;
  };

  return implement(dashboardContracts, {
    list: async () => ok(all()),

    async create({ body, audit, answerHeaders }) {
      const result = await catalog.putDashboard(body, "create");
      if (!result.ok) return err(catalogFault(result.error));
      await audit("dashboard.create", body.slug, { title: body.title, tiles: tilesIn(body).length });
      return tagged(answerHeaders, one(body.slug));
    },

    get: async ({ params, answerHeaders }) => tagged(answerHeaders, one(params.slug)),

    async replace({ params, body, headers, answerHeaders, audit }) {
      const before = one(params.slug);
      if (!before.ok) return before;
      if (body.slug !== params.slug) return err(fieldFault("/slug", say("problem.slugFixed")));
      const result = await catalog.putDashboard(body, { replace: ifMatch(headers) });
      if (!result.ok) return err(changeFault(result.error, () => current(body.slug)));
      await audit("dashboard.change", body.slug, { title: body.title, tiles: tilesIn(body).length });
      return tagged(answerHeaders, one(body.slug));
    },

    async remove({ params, headers, audit }) {
      const before = one(params.slug);
      if (!before.ok) return before;
      const { slug, title } = before.value;
      const result = await catalog.deleteDashboard(slug, ifMatch(headers));
      if (!result.ok) return err(changeFault(result.error, () => current(slug)));
      await audit("dashboard.delete", slug, { title });
      return ok(null);
    },
  });
}
