import type { Dashboard, Tile } from "@/lib/dashboard";
import { DashboardSlug } from "@/lib/ids";
import { proposeId } from "@/lib/proposeId";

/** A tile under edit: `key` is the page's own and never saved. */
export interface DraftTile {
  key: string;
  tile: Tile;
}
export interface Draft {
  title: string;
  tiles: readonly DraftTile[];
}

export type Edit =
  | { type: "title"; title: string }
  | { type: "add"; key: string; tile: Tile }
  | { type: "remove"; key: string }
  | { type: "move"; key: string; by: -1 | 1 }
  | { type: "change"; key: string; changes: Partial<Tile> };

export const draftOf = ({ title, tiles }: Pick<Dashboard, "title" | "tiles">): Draft => ({
  title,
  tiles: tiles.map((tile, i) => ({ key: `old-${i}`, tile })),
});

/** One step of editing. The same draft comes back when nothing changed. */
export function edit(draft: Draft, step: Edit): Draft {
  switch (step.type) {
    case "title":
      return { ...draft, title: step.title };
    case "add":
      return { ...draft, tiles: [...draft.tiles, { key: step.key, tile: step.tile }] };
    case "remove":
      return { ...draft, tiles: draft.tiles.filter((t) => t.key !== step.key) };
    case "move":
      return { ...draft, tiles: moved(draft.tiles, step.key, step.by) };
    case "change":
      return {
        ...draft,
        tiles: draft.tiles.map((t) => (t.key === step.key ? { ...t, tile: tidy({ ...t.tile, ...step.changes }) } : t)),
      };
  }
}

/** A place given by x and y would hold a tile where it was: whoever orders tiles lets them flow. */
function moved(tiles: readonly DraftTile[], key: string, by: -1 | 1): readonly DraftTile[] {
  const from = tiles.findIndex((t) => t.key === key);
  const to = from + by;
  const [one, other] = [tiles[from], tiles[to]];
  if (!one || !other) return tiles;
  const next = [...tiles];
  // Past the border of a section a tile first joins that section, at its near end.
  if (one.tile.section !== other.tile.section) {
    next[from] = { ...one, tile: tidy({ ...one.tile, section: other.tile.section }) };
  } else {
    next[from] = other;
    next[to] = one;
  }
  return next.map((t) => ({ ...t, tile: tidy({ ...t.tile, x: undefined, y: undefined }) }));
}

/** Without what is empty or undefined: it is not there, and is not saved. */
function tidy(tile: Tile): Tile {
  const entries = Object.entries(tile).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(entries) as Tile;
}

export const dashboardOf = (slug: Dashboard["slug"], { title, tiles }: Draft): Dashboard => ({
  slug,
  title: title.trim(),
  tiles: tiles.map((t) => t.tile),
});

/** A slug for a title: "Küche & Bad" is kuche-bad. Of taken ones the next free number; "dashboard" where nothing is left of it. */
export const slugFor = (title: string, taken: ReadonlySet<string>): Dashboard["slug"] =>
  DashboardSlug.parse(proposeId(title, "dashboard", taken));
