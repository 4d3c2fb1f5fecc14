import { z } from "zod";
import { Section, Tile } from "../dashboard";
import { nameText } from "../name";

/**
 * One step of an edit. What stands somewhere stands behind a neighbour (`after`; null: first), and `null` in changes takes a field away,
 * so that steps of two editors can be merged.
 */
const Id = Tile.shape.id;
const After = Id.nullable();

const SectionHead = Section.omit({ tiles: true });
export type SectionHead = z.infer<typeof SectionHead>;

const sectionFields = {
  title: Section.shape.title.nullable(),
  icon: Section.shape.icon.nullable(),
  collapsed: Section.shape.collapsed.nullable(),
  showWhen: Section.shape.showWhen.nullable(),
};
const size = { w: Tile.shape.w.nullable(), h: Tile.shape.h.nullable(), sizes: Tile.shape.sizes.nullable() };

export const Op = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("title"), title: nameText(100, 1) }),
  z.strictObject({ op: z.literal("section.add"), section: SectionHead, after: After }),
  z.strictObject({ op: z.literal("section.change"), id: Id, changes: z.strictObject(sectionFields) }),
  z.strictObject({ op: z.literal("section.move"), id: Id, after: After }),
  /** With the tiles in it. */
  z.strictObject({ op: z.literal("section.remove"), id: Id }),
  z.strictObject({ op: z.literal("tile.add"), section: Id, tile: Tile, after: After }),
  z.strictObject({ op: z.literal("tile.move"), id: Id, section: Id, after: After }),
  z.strictObject({ op: z.literal("tile.resize"), id: Id, changes: z.strictObject(size) }),
  z.strictObject({
    op: z.literal("tile.change"),
    id: Id,
    changes: z.strictObject({
      kind: Tile.shape.kind.optional(),
      point: Tile.shape.point.nullable(),
      title: Tile.shape.title.nullable(),
      options: Tile.shape.options.nullable(),
      ...size,
    }),
  }),
  z.strictObject({ op: z.literal("tile.remove"), id: Id }),
]);
export type Op = z.infer<typeof Op>;
