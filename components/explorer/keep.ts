import { type ApiProblem, type ApiResult, call } from "@/components/api";
import { slugFor } from "@/components/dashboard/edit/draft";
import { kindFor } from "@/components/tiles/registry";
import type { DashboardOut } from "@/lib/api";
import { compileRegistration } from "@/lib/compile";
import type { CompiledPoint } from "@/lib/compiled";
import type { TileIn } from "@/lib/dashboard";
import type { Proposal } from "@/lib/explorer/propose";
import type { PointInfo } from "@/lib/point";
import { t } from "@/lib/texts/t";
import { wildcardLevels } from "@/lib/topics/match";

/** The most tiles that are added to a dashboard at once. */
const MAX_TILES = 60;

/** The points of a proposal, for all topics that it is known to match. */
export function pointsOfProposal({ registration, covers }: Proposal): CompiledPoint[] {
  const compiled = compileRegistration(registration);
  if (!compiled.ok) return [];
  const { filter, points, wildcard } = compiled.value;
  return covers.flatMap((topic) => points(wildcard && filter ? wildcardLevels(filter, topic) : [], topic));
}

/** One tile for each point, of the kind that fits best. */
const tilesFor = (proposal: Proposal): TileIn[] =>
  pointsOfProposal(proposal)
    .slice(0, MAX_TILES)
    // The fields that the server adds to a point's info do not affect which kind fits.
    .map(({ id, info }) => ({ kind: kindFor(info as PointInfo).id, point: id }));

/** Where the tiles are put: an existing dashboard, a new one, or none. */
export type TileDestination = { slug: string } | { title: string } | undefined;

/**
 * Registers the proposal and puts its tiles on the dashboard; resolves to the dashboard's slug. If only the second step fails, the
 * registration stays, and the problem says so.
 */
export async function keep(
  proposal: Proposal,
  place: TileDestination,
): Promise<{ ok: true; slug: string | undefined } | { ok: false; problem: ApiProblem }> {
  const created = await call("POST /registrations", { body: proposal.registration });
  if (!created.ok) return created;
  if (place === undefined) return { ok: true, slug: undefined };
  const tiles = tilesFor(proposal);
  const placed = "title" in place ? await onNew(place.title, tiles) : await onThis(place.slug, tiles);
  if (placed.ok) return { ok: true, slug: placed.value.slug };
  const message = t("explorer.registeredButNoTile", { message: placed.problem.message });
  return { ok: false, problem: { ...placed.problem, fields: [], message } };
}

async function onThis(slug: string, tiles: TileIn[]): Promise<ApiResult<DashboardOut>> {
  const found = await call("GET /dashboards/{slug}", { params: { slug } });
  if (!found.ok) return found;
  const { origin: _, version, ...dashboard } = found.value;
  const last = dashboard.sections.at(-1);
  const sections = [...dashboard.sections.slice(0, -1), { ...last, tiles: [...(last?.tiles ?? []), ...tiles] }];
  const body = { ...dashboard, sections };
  return call("PUT /dashboards/{slug}", { params: { slug }, body, version });
}

async function onNew(title: string, tiles: TileIn[]): Promise<ApiResult<DashboardOut>> {
  const all = await call("GET /dashboards");
  if (!all.ok) return all;
  const slug = slugFor(title, new Set(all.value.map((one) => one.slug as string)));
  return call("POST /dashboards", { body: { slug, title, sections: [{ tiles }] } });
}
