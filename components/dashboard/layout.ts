import type { Dashboard, Section, Tile } from "@/lib/dashboard";
import { COLUMNS, type Spans, spansOf } from "@/lib/dashboard/columns";
import { type Places, packWidths } from "@/lib/dashboard/pack";
import type { PointInfo } from "@/lib/point";
import { tileKind } from "../tiles/registry";

/** A tile with its place for each number of columns. */
export interface PlacedTile {
  key: string;
  tile: Tile;
  places: Places;
}

export interface PlacedSection extends Omit<Section, "tiles"> {
  tiles: PlacedTile[];
}

const DEFAULT_SIZE = { w: 2, h: 1, phone: 1 } as const;
const NONE: ReadonlySet<string> = new Set();

export type PointsById = ReadonlyMap<string, PointInfo>;

/** The sections of a dashboard, packed for all widths. `asking`: the points that ask for a person; a tile of one row grows for them. */
export const sectionsOf = (
  { sections }: Pick<Dashboard, "sections">,
  points: PointsById,
  asking: ReadonlySet<string> = NONE,
): PlacedSection[] => sections.map(({ tiles, ...section }) => ({ ...section, tiles: packed(tiles, points, asking) }));

/** Tiles that stand together, in reading order. */
export function packed(tiles: readonly Tile[], points: PointsById, asking = NONE): PlacedTile[] {
  const places = packWidths(
    tiles.map((tile) => {
      const own = spans(tile, points);
      return asking.has(tile.point ?? "") ? grown(own) : own;
    }),
  );
  return tiles.map((tile, i) => ({ key: tile.id, tile, places: places[i] as Places }));
}

/** A tile's own size, else the one that its kind and point need. */
function spans(tile: Tile, points: PointsById): Spans {
  const found = tileKind(tile.kind);
  const kind = found.ok ? found.value : undefined;
  const size = kind?.size ?? DEFAULT_SIZE;
  const point = tile.point && points.get(tile.point);
  return spansOf(
    {
      w: tile.w ?? size.w,
      h: tile.h ?? kind?.rows?.(tile.options) ?? size.h,
      phone: point && kind?.wide?.(point) ? 2 : size.phone,
    },
    tile.sizes,
  );
}

/** Twice as wide, for the reason; what has more rows has room for it. */
const grown = (spans: Spans): Spans =>
  Object.fromEntries(
    COLUMNS.map((columns) => {
      const { w, h } = spans[columns];
      return [columns, h > 1 ? { w, h } : { w: Math.min(columns, 2 * w), h }];
    }),
  ) as unknown as Spans;
