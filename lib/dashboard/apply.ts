import type { Dashboard, Section, Tile } from "../dashboard";
import type { Op } from "./ops";

/** Applies one step. Undefined: it names a tile or section that is not there, or adds one that is. */
export function apply(dashboard: Dashboard, op: Op): Dashboard | undefined {
  switch (op.op) {
    case "title":
      return { ...dashboard, title: op.title };
    case "section.add": {
      if (dashboard.sections.some(({ id }) => id === op.section.id)) return undefined;
      return inSections(dashboard, inserted(dashboard.sections, { ...op.section, tiles: [] }, op.after));
    }
    case "section.change":
      return changeSection(dashboard, op.id, (section) => changed(section, op.changes));
    case "section.move": {
      const section = dashboard.sections.find(({ id }) => id === op.id);
      return section && inSections(dashboard, inserted(without(dashboard.sections, op.id), section, op.after));
    }
    case "section.remove":
      return dashboard.sections.some(({ id }) => id === op.id)
        ? inSections(dashboard, without(dashboard.sections, op.id))
        : undefined;
    case "tile.add":
      return placeOf(dashboard, op.tile.id) ? undefined : insertTile(dashboard, op.tile, op.section, op.after);
    case "tile.move": {
      const place = placeOf(dashboard, op.id);
      return place && insertTile(takeTile(dashboard, place), place.tile, op.section, op.after);
    }
    case "tile.resize":
    case "tile.change": {
      const place = placeOf(dashboard, op.id);
      if (!place) return undefined;
      return changeSection(dashboard, place.section.id, (section) => ({
        ...section,
        tiles: section.tiles.map((tile) => (tile === place.tile ? changed(tile, op.changes) : tile)),
      }));
    }
    case "tile.remove": {
      const place = placeOf(dashboard, op.id);
      return place && takeTile(dashboard, place);
    }
  }
}

/** All of them or, where one cannot be applied, the index of that one. */
export function applyAll(dashboard: Dashboard, ops: readonly Op[]): Dashboard | { failed: number } {
  let now = dashboard;
  for (const [i, op] of ops.entries()) {
    const next = apply(now, op);
    if (!next) return { failed: i };
    now = next;
  }
  return now;
}

export interface TilePlace {
  tile: Tile;
  section: Section;
  /** Its index within the section. */
  index: number;
}

export function placeOf({ sections }: Dashboard, id: string): TilePlace | undefined {
  for (const section of sections) {
    const index = section.tiles.findIndex((tile) => tile.id === id);
    const tile = section.tiles[index];
    if (tile) return { tile, section, index };
  }
  return undefined;
}

/** Undefined, if one is missing: the neighbour, or the whole list. */
const inSections = (dashboard: Dashboard, sections: Section[] | undefined): Dashboard | undefined =>
  sections && { ...dashboard, sections };

const without = <T extends { id: string }>(list: readonly T[], id: string): T[] => list.filter((one) => one.id !== id);

function inserted<T extends { id: string }>(list: readonly T[], item: T, after: string | null): T[] | undefined {
  const at = after === null ? 0 : list.findIndex(({ id }) => id === after) + 1;
  return after !== null && at === 0 ? undefined : list.toSpliced(at, 0, item);
}

function changeSection(
  dashboard: Dashboard,
  id: string,
  change: (section: Section) => Section | undefined,
): Dashboard | undefined {
  const index = dashboard.sections.findIndex((section) => section.id === id);
  const section = dashboard.sections[index];
  const next = section && change(section);
  return next && { ...dashboard, sections: dashboard.sections.with(index, next) };
}

const takeTile = (dashboard: Dashboard, { tile, section }: TilePlace): Dashboard => ({
  ...dashboard,
  sections: dashboard.sections.map((one) =>
    one === section ? { ...section, tiles: without(section.tiles, tile.id) } : one,
  ),
});

const insertTile = (dashboard: Dashboard, tile: Tile, section: string, after: string | null): Dashboard | undefined =>
  changeSection(dashboard, section, (into) => {
    const tiles = inserted(into.tiles, tile, after);
    return tiles && { ...into, tiles };
  });

/** With null, a field is taken away. */
function changed<T extends object>(item: T, changes: object): T {
  const next = { ...item } as Record<string, unknown>;
  for (const [field, value] of Object.entries(changes)) {
    if (value === null || value === undefined) delete next[field];
    else next[field] = value;
  }
  return next as T;
}
