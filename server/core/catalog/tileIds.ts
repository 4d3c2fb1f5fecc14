import { randomUUID } from "node:crypto";
import type { Dashboard, Tile } from "../../../lib/dashboard";
import { err, ok, type Result } from "../../../lib/result";
import { say } from "../../../lib/texts/said";
import type { CatalogError } from "../../ports";

/** Two tiles of one id could not be told apart by whoever edits them. */
export function checkTiles(dashboard: Dashboard): Result<null, CatalogError> {
  const seen = new Set<string>();
  for (const [i, { id }] of dashboard.tiles.entries()) {
    if (id !== undefined && seen.has(id))
      return err({ status: 400, message: say("problem.tileIdTwice", { id }), pointer: `/tiles/${i}/id` });
    if (id !== undefined) seen.add(id);
  }
  return ok(null);
}

/** Tiles that lack an id get a random one, which the store then keeps. */
export const giveTileIds = (dashboard: Dashboard): Dashboard => ({
  ...dashboard,
  tiles: dashboard.tiles.map((tile) => (tile.id === undefined ? { ...tile, id: randomUUID().slice(0, 8) } : tile)),
});

/** Tiles of a source that is read again at each start: ids by place, so that they stay the same while the source does. */
export function numberTiles(dashboard: Dashboard): Dashboard {
  const taken = new Set(dashboard.tiles.map((tile) => tile.id));
  const numbered = (tile: Tile, i: number): Tile => {
    if (tile.id !== undefined) return tile;
    let id = `tile-${i + 1}`;
    while (taken.has(id)) id += "x";
    return { ...tile, id };
  };
  return { ...dashboard, tiles: dashboard.tiles.map(numbered) };
}
