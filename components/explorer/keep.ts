import { type ApiProblem, api } from "@/components/api";
import { kindFor } from "@/components/tiles/registry";
import { compileRegistration } from "@/lib/compile";
import type { CompiledPoint } from "@/lib/compiled";
import type { Dashboard, Tile } from "@/lib/dashboard";
import type { Proposal } from "@/lib/explorer/propose";
import type { PointInfo } from "@/lib/point";
import { wildcardLevels } from "@/lib/topics/match";

/** More than this on one dashboard at once is no dashboard any more. */
const MAX_TILES = 60;

/** The points of all topics that a proposal is known to read. */
export function pointsOfProposal({ registration, covers }: Proposal): CompiledPoint[] {
  const compiled = compileRegistration(registration);
  if (!compiled.ok) return [];
  const { filter, points, wildcard } = compiled.value;
  return covers.flatMap((topic) => points(wildcard && filter ? wildcardLevels(filter, topic) : [], topic));
}

/** Each point in the kind of tile that fits it best. */
export const tilesFor = (proposal: Proposal): Tile[] =>
  pointsOfProposal(proposal)
    .slice(0, MAX_TILES)
    // What the server adds to a point's info says nothing of which tile fits.
    .map(({ id, info }) => ({ kind: kindFor(info as PointInfo).id, point: id }));

/** Registers it and puts its points on the dashboard. When the second fails the first stands, and the problem says so. */
export async function keep(
  proposal: Proposal,
  slug: string | undefined,
): Promise<{ ok: true } | { ok: false; problem: ApiProblem }> {
  const created = await api.registrations.create(proposal.registration);
  if (!created.ok) return created;
  if (slug === undefined) return { ok: true };
  const stillRegistered = (problem: ApiProblem) => ({
    ok: false as const,
    problem: { ...problem, fields: [], message: `It is registered, but no tile was added: ${problem.message}` },
  });
  const found = await api.dashboards.get(slug);
  if (!found.ok) return stillRegistered(found.problem);
  const { origin: _, ...dashboard } = found.value;
  const next: Dashboard = { ...dashboard, tiles: [...dashboard.tiles, ...tilesFor(proposal)] };
  const replaced = await api.dashboards.replace(slug, next);
  return replaced.ok ? { ok: true } : stillRegistered(replaced.problem);
}
