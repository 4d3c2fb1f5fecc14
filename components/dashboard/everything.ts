import { tileOfWhole, wholesOf } from "@/lib/composite/compose";
import type { PointInfo } from "@/lib/point";
import { kindFor } from "../tiles/registry";
import { fillPhone, type PlacedTile, placed } from "./layout";

/** Tiles for these points, in their order, each of the kind that fits best. The points of a whole are one tile. */
export function tilesOf(points: readonly PointInfo[]): PlacedTile[] {
  const { wholes, within } = wholesOf(points);
  const byId = new Map(points.map((p) => [p.id, p]));
  const tiles = points
    .filter(({ id }) => !within.has(id))
    .map((p, i) => {
      const whole = wholes.get(p.id);
      const tile = whole ? tileOfWhole(whole) : { kind: kindFor(p).id, point: p.id };
      return placed({ ...tile, id: p.id }, i, byId);
    });
  fillPhone(tiles);
  return tiles;
}
