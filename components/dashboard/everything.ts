import { tileOfWhole, wholesOf } from "@/lib/composite/compose";
import type { PointInfo } from "@/lib/point";
import { kindFor } from "../tiles/registry";
import { type PlacedTile, packed } from "./layout";

/** Tiles for these points, in their order, each of the kind that fits best. The points of a whole are one tile. */
export function tilesOf(points: readonly PointInfo[]): PlacedTile[] {
  const { wholes, within } = wholesOf(points);
  const tiles = points
    .filter(({ id }) => !within.has(id))
    .map((p) => {
      const whole = wholes.get(p.id);
      return { ...(whole ? tileOfWhole(whole) : { kind: kindFor(p).id, point: p.id }), id: p.id };
    });
  return packed(tiles, new Map(points.map((p) => [p.id, p])));
}
