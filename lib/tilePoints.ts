import type { Tile } from "./dashboard";
import type { PointId } from "./ids";

const MOST = 16;

/**
 * Every point that a tile shows: its own, and those that its options name as `points` (a list) or as `parts` (by their roles). The options are the kind's own matter, but
 * whoever looks at the tile must be sent the readings of all of them.
 */
export function tilePoints({ point, options }: Pick<Tile, "point" | "options">): PointId[] {
  const more = [options?.points, options?.parts].flatMap(listed).filter(isId);
  return [...new Set([...(point === undefined ? [] : [point]), ...more.slice(0, MOST)])];
}

const listed = (named: unknown): unknown[] =>
  Array.isArray(named) ? named : typeof named === "object" && named !== null ? Object.values(named) : [];
const isId = (id: unknown): id is PointId => typeof id === "string" && id !== "";
