import type { Tile } from "@/lib/dashboard";
import type { PointInfo } from "@/lib/point";
import { tileKind } from "../tiles/registry";

/** A tile with its size: cells of a twelve-column grid on a desktop, columns of two on a phone. */
export interface PlacedTile {
  key: string;
  tile: Tile;
  w: number;
  h: number;
  phone: 1 | 2;
  /** Set only if all tiles of the section have a valid position; else they flow. */
  at?: { x: number; y: number };
}

export interface Section {
  key: string;
  heading: string | undefined;
  tiles: PlacedTile[];
}

const DEFAULT_SIZE = { w: 3, h: 1, phone: 1 } as const;
/** A tile wider than a third of the desktop's row does not fit half a phone. */
const WIDEST_HALF = 4;

export type PointsById = ReadonlyMap<string, PointInfo>;

/** Groups consecutive tiles with the same section under one heading, in the dashboard's order. */
export function sectionsOf(tiles: readonly Tile[], points: PointsById): Section[] {
  const sections: Section[] = [];
  tiles.forEach((tile, index) => {
    let section = sections.at(-1);
    if (!section || section.heading !== tile.section) {
      section = { key: `${index}`, heading: tile.section, tiles: [] };
      sections.push(section);
    }
    section.tiles.push(placed(tile, index, points));
  });
  for (const { tiles } of sections) {
    placeWithin(tiles);
    fillPhone(tiles);
  }
  return sections;
}

/** A tile with its own size, else the one that its kind and point need. */
export function placed(tile: Tile, index: number, points: PointsById): PlacedTile {
  const kind = tileKind(tile.kind);
  const size = kind.ok ? kind.value.size : DEFAULT_SIZE;
  const w = tile.w ?? size.w;
  const point = tile.point && points.get(tile.point);
  const wide = w > WIDEST_HALF || (kind.ok && point && kind.value.wide?.(point));
  return {
    key: tile.id ?? `${index}`,
    tile,
    w,
    h: tile.h ?? (kind.ok ? kind.value.rows?.(tile.options) : undefined) ?? size.h,
    phone: wide ? 2 : size.phone,
  };
}

/** Sets positions, with rows counted from the section's first one. If any tile has no position or is too wide for it, all of them flow. */
function placeWithin(tiles: PlacedTile[]): void {
  const fits = ({ tile: { x, y }, w }: PlacedTile) => x !== undefined && y !== undefined && x + w <= 12;
  if (!tiles.every(fits)) return;
  const top = Math.min(...tiles.map(({ tile }) => tile.y ?? 0));
  for (const p of tiles) p.at = { x: p.tile.x ?? 0, y: (p.tile.y ?? 0) - top };
}

/**
 * Makes a phone's two columns equally long: where they would not be, the last small tile takes the whole width. Because the grid packs
 * densely, only the small tiles count; each one goes to the shorter column.
 */
export function fillPhone(tiles: PlacedTile[]): void {
  const small = tiles.filter((p) => p.phone === 1);
  while (small.length > 0) {
    let [left, right] = [0, 0];
    for (const { h } of small) {
      if (left <= right) left += h;
      else right += h;
    }
    if (left === right) return;
    const last = small.pop();
    if (last) last.phone = 2;
  }
}
