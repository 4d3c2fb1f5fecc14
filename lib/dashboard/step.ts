import type { Dashboard } from "../dashboard";
import { placeOf } from "./apply";
import type { Op } from "./ops";

/** Moves a tile by one: past its neighbour or, at the end of its section, into the next one. Undefined: there is nowhere to go. */
export function stepOf(dashboard: Dashboard, id: string, by: -1 | 1): Op | undefined {
  const place = placeOf(dashboard, id);
  if (!place) return undefined;
  const { section, index } = place;
  const { tiles } = section;
  const before = (i: number) => tiles[i]?.id ?? null;
  if (by === 1 && index < tiles.length - 1)
    return { op: "tile.move", id, section: section.id, after: before(index + 1) };
  if (by === -1 && index > 0) return { op: "tile.move", id, section: section.id, after: before(index - 2) };
  const next = dashboard.sections[dashboard.sections.indexOf(section) + by];
  if (!next) return undefined;
  return { op: "tile.move", id, section: next.id, after: by === 1 ? null : (next.tiles.at(-1)?.id ?? null) };
}
