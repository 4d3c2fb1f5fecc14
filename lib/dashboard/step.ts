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

/**
 * Takes a section away. Its tiles stay: behind those of the section before it or, of the first one, in front of those of the next. None
 * where it is not there, or has tiles and no neighbour.
 */
export function removeSection({ sections }: Dashboard, id: string): Op[] {
  const index = sections.findIndex((section) => section.id === id);
  const tiles = sections[index]?.tiles;
  const into = sections[index - 1] ?? sections[index + 1];
  if (!tiles || (!into && tiles.length > 0)) return [];
  let after = index > 0 ? (into?.tiles.at(-1)?.id ?? null) : null;
  const moves = tiles.map((tile): Op => {
    const move: Op = { op: "tile.move", id: tile.id, section: into?.id ?? "", after };
    after = tile.id;
    return move;
  });
  return [...moves, { op: "section.remove", id }];
}
