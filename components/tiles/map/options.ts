import type { PointId } from "@/lib/ids";
import { morePoints } from "../chart/options";
import { flag, optionsOf } from "../shared/options";

export interface MapOptions {
  /** Beside the tile's own point, at most seven. */
  points: readonly PointId[];
  /** Draws where the points were before. */
  trail: boolean;
}

export const mapOptions = optionsOf<MapOptions>({ points: morePoints, trail: flag(true) });
