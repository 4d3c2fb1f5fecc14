import type { OldTile, SectionIn, TileIn } from "../dashboard";

/**
 * The sections of a dashboard as earlier versions wrote it: consecutive tiles of one `section` become a section. Of twelve columns ten are
 * left, a row was as high as two are now, and places say the order once: where all tiles of a section had a valid one.
 */
export function sectionsOfTiles(tiles: readonly OldTile[]): SectionIn[] {
  const groups: { title: string | undefined; tiles: OldTile[] }[] = [];
  for (const tile of tiles) {
    const last = groups.at(-1);
    if (last && last.title === tile.section) last.tiles.push(tile);
    else groups.push({ title: tile.section, tiles: [tile] });
  }
  return groups.map(({ title, tiles: own }) => ({
    ...(title !== undefined && title !== "" && { title }),
    tiles: inReadingOrder(own).map(present),
  }));
}

function present({ w, h, x: _x, y: _y, section: _section, ...rest }: OldTile): TileIn {
  return {
    ...rest,
    ...(w !== undefined && { w: Math.max(1, Math.round((w * 10) / 12)) }),
    ...(h !== undefined && { h: h * 2 }),
  };
}

/** The width of a tile that does not say it: no kind was narrower, and the store does not know the kinds. */
const USUAL_WIDTH = 3;

function inReadingOrder(tiles: readonly OldTile[]): readonly OldTile[] {
  const isPlaced = ({ x, y, w = USUAL_WIDTH }: OldTile) => x !== undefined && y !== undefined && x + w <= 12;
  if (!tiles.every(isPlaced)) return tiles;
  return [...tiles].sort((a, b) => (a.y ?? 0) - (b.y ?? 0) || (a.x ?? 0) - (b.x ?? 0));
}
