import type { PointId } from "@/lib/ids";
import { flag, optionsOf } from "../shared/options";
import { morePoints } from "../shared/points";

export interface MapOptions {
  /** Beside the tile's own point, at most seven. */
  points: readonly PointId[];
  /** Draws where the points were before. */
  trail: boolean;
}

export const mapOptions = optionsOf<MapOptions>({ points: morePoints, trail: flag(true) });
