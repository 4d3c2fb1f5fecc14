import { z } from "zod";
import { DashboardSlug, PointId } from "./ids";
import { nameText } from "./name";

/**
 * A tile shows a point. `kind` is looked up in the registry of components/tiles: an unknown kind is kept and shown as such,
 * so that a dashboard of a newer version is not damaged by an older one. `options` is parsed by the kind's own schema.
 */
export const Tile = z.strictObject({
  /** Stable within its dashboard; given by the server where absent. */
  id: z.string().min(1).max(64).optional(),
  kind: z.string().min(1).max(40),
  point: PointId.optional(),
  /** Shown instead of the point's name. */
  title: nameText(200).optional(),
  /** In grid cells; x and y absent: flows in order. */
  w: z.number().int().min(1).max(12).optional(),
  h: z.number().int().min(1).max(12).optional(),
  x: z.number().int().min(0).max(100).optional(),
  y: z.number().int().min(0).max(10_000).optional(),
  /** Consecutive tiles with the same section share a heading. */
  section: nameText(100).optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});
export type Tile = z.infer<typeof Tile>;

export const Dashboard = z.strictObject({
  slug: DashboardSlug,
  title: nameText(100, 1),
  tiles: z.array(Tile).max(1000).default([]),
});
export type Dashboard = z.infer<typeof Dashboard>;
