import type { Tile } from "./dashboard";
import type { PointId } from "./ids";

const MOST = 16;

/**
 * Every point that a tile shows: its own, and those that its options name as `points`. The options are the kind's own matter, but
 * whoever looks at the tile must be sent the readings of all of them.
 */
export function tilePoints({ point, options }: Pick<Tile, "point" | "options">): PointId[] {
  const named = options?.points;
  const more = Array.isArray(named) ? named.filter((id): id is PointId => typeof id === "string" && id !== "") : [];
  return [...new Set([...(point === undefined ? [] : [point]), ...more.slice(0, MOST)])];
}
