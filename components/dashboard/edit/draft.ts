import type { Dashboard, Tile } from "@/lib/dashboard";
import { DashboardSlug } from "@/lib/ids";
import { proposeId } from "@/lib/proposeId";

/** A tile in the editor; `key` exists only in the editor and is never saved. */
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

/** Applies one edit. Returns the same draft if nothing changed. */
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

/** Moves a tile by one. All tiles lose their x and y, which would keep them where they were. */
function moved(tiles: readonly DraftTile[], key: string, by: -1 | 1): readonly DraftTile[] {
  const from = tiles.findIndex((t) => t.key === key);
  const to = from + by;
  const [one, other] = [tiles[from], tiles[to]];
  if (!one || !other) return tiles;
  const next = [...tiles];
  // At the border of another section, a tile first moves into that section without changing its place.
  if (one.tile.section !== other.tile.section) {
    next[from] = { ...one, tile: tidy({ ...one.tile, section: other.tile.section }) };
  } else {
    next[from] = other;
    next[to] = one;
  }
  return next.map((t) => ({ ...t, tile: tidy({ ...t.tile, x: undefined, y: undefined }) }));
}

/** Removes members that are empty or undefined. */
function tidy(tile: Tile): Tile {
  const entries = Object.entries(tile).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(entries) as Tile;
}

export const dashboardOf = (slug: Dashboard["slug"], { title, tiles }: Draft): Dashboard => ({
  slug,
  title: title.trim(),
  tiles: tiles.map((t) => t.tile),
});

/** A slug for a title: "Küche & Bad" is kuche-bad. If it is taken, a number is appended; if nothing is left of it, it is "dashboard". */
export const slugFor = (title: string, taken: ReadonlySet<string>): Dashboard["slug"] =>
  DashboardSlug.parse(proposeId(title, "dashboard", taken));
