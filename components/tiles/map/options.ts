import type { PointId } from "@/lib/ids";
import { flag, optionsOf } from "../shared/options";
import { morePoints } from "../shared/points";

export interface MapOptions {
  /** Up to seven points in addition to the tile's own. */
  points: readonly PointId[];
  /** Draws the earlier positions of the points. */
  trail: boolean;
}

export const mapOptions = optionsOf<MapOptions>({ points: morePoints, trail: flag(true) });
