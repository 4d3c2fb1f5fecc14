import type { Dashboard, DashboardIn } from "../dashboard";

/**
 * Gives an id to tiles and sections that lack one, or whose id another one before them has. `make` is asked until it says one that is
 * free. A dashboard that lacks none is answered as it is.
 */
export function withIds(dashboard: DashboardIn, make: (what: "tile" | "section", place: number) => string): Dashboard {
  const tiles = givenOnce(dashboard.sections.flatMap((section) => section.tiles));
  const sections = givenOnce(dashboard.sections);
  if (isComplete(dashboard) && tiles.isUnique && sections.isUnique) return dashboard;
  let place = 0;
  return {
    ...dashboard,
    sections: dashboard.sections.map((section, s) => ({
      ...section,
      id: sections.idOf(section.id, () => make("section", s + 1)),
      tiles: section.tiles.map((tile) => {
        place++;
        return { ...tile, id: tiles.idOf(tile.id, () => make("tile", place)) };
      }),
    })),
  };
}

/** Ids by place, for sources that are read again at each start: they stay the same while the source does. */
export const numbered = (dashboard: DashboardIn): Dashboard => withIds(dashboard, (what, place) => `${what}-${place}`);

const isComplete = (dashboard: DashboardIn): dashboard is Dashboard =>
  dashboard.sections.every(({ id, tiles }) => id !== undefined && tiles.every((tile) => tile.id !== undefined));

function givenOnce(items: readonly { id?: string | undefined }[]) {
  const given = items.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const taken = new Set(given);
  const used = new Set<string>();
  return {
    isUnique: taken.size === given.length,
    idOf(id: string | undefined, make: () => string): string {
      let own = id;
      if (own === undefined || used.has(own)) {
        own = make();
        while (taken.has(own) || used.has(own)) own += "x";
      }
      used.add(own);
      return own;
    },
  };
}
