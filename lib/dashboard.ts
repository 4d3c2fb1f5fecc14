import { z } from "zod";
import { COLUMNS } from "./dashboard/columns";
import { sectionsOfTiles } from "./dashboard/oldForm";
import { DashboardSlug, PointId } from "./ids";
import { nameText } from "./name";
import { issueOf } from "./texts/issues";
import { say } from "./texts/said";

/** The most tiles of a dashboard, whatever their sections. */
export const MOST_TILES = 1000;
const MOST_SECTIONS = 1000;

const Id = z.string().min(1).max(64);
const Width = z.number().int().min(1).max(14);
const Height = z.number().int().min(1).max(24);

/** What every tile has, in the present form and in that of earlier versions. */
const shown = {
  /** Stable within its dashboard; given by the server where absent. */
  id: Id.optional(),
  kind: z.string().min(1).max(40),
  point: PointId.optional(),
  /** Shown instead of the point's name. */
  title: nameText(200).optional(),
};
const options = z.record(z.string(), z.unknown()).optional();

/**
 * A tile shows a point. `kind` is looked up in the registry of components/tiles: an unknown kind is kept and shown as such,
 * so that a dashboard of a newer version is not damaged by an older one. `options` is parsed by the kind's own schema.
 */
const TileIn = z.strictObject({
  ...shown,
  /** In cells: columns of the ten that a desktop has, rows of 64 px. Absent: as the kind needs it. */
  w: Width.optional(),
  h: Height.optional(),
  /** Other sizes for some widths of the grid, by their number of columns. */
  sizes: z
    .partialRecord(
      z.enum(COLUMNS.map(String) as [`${(typeof COLUMNS)[number]}`, ...`${(typeof COLUMNS)[number]}`[]]),
      z.strictObject({ w: Width.optional(), h: Height.optional() }),
    )
    .optional(),
  options,
});
/** A tile as people write it: without an id where none was given yet. */
export type TileIn = z.infer<typeof TileIn>;

export const Tile = TileIn.extend({ id: Id });
export type Tile = z.infer<typeof Tile>;

const sectionParts = {
  title: nameText(100).optional(),
  /** By its name in Material Design Icons. */
  icon: z
    .string()
    .regex(/^mdi:[a-z0-9][a-z0-9-]{0,59}$/)
    .optional(),
  /** Closed until somebody opens it. */
  collapsed: z.boolean().optional(),
  /** Stored for the condition under which the section is shown; no page evaluates it yet. */
  showWhen: z
    .strictObject({
      point: PointId,
      is: z.enum(["equal", "different", "above", "below"]),
      value: z.union([z.string().max(200), z.number(), z.boolean()]),
    })
    .optional(),
};

const SectionIn = z.strictObject({
  id: Id.optional(),
  ...sectionParts,
  tiles: z.array(TileIn).max(MOST_TILES).default([]),
});
export type SectionIn = z.infer<typeof SectionIn>;

/** Tiles under a heading, in their order. A section without a title has no heading. */
export const Section = z.strictObject({ id: Id, ...sectionParts, tiles: z.array(Tile).max(MOST_TILES) });
export type Section = z.infer<typeof Section>;

export const Dashboard = z.strictObject({
  slug: DashboardSlug,
  title: nameText(100, 1),
  sections: z.array(Section).max(MOST_SECTIONS),
});
export type Dashboard = z.infer<typeof Dashboard>;

/** The tile of versions up to 0.2: in cells of twelve columns, at a place or flowing, each naming its section. */
const OldTile = z.strictObject({
  ...shown,
  w: z.number().int().min(1).max(12).optional(),
  h: z.number().int().min(1).max(12).optional(),
  x: z.number().int().min(0).max(100).optional(),
  y: z.number().int().min(0).max(10_000).optional(),
  section: nameText(100).optional(),
  options,
});
export type OldTile = z.infer<typeof OldTile>;

const Written = z
  .strictObject({
    slug: DashboardSlug,
    title: nameText(100, 1),
    sections: z.array(SectionIn).max(MOST_SECTIONS).optional(),
    /** The form of earlier versions: read, and stored as sections. */
    tiles: z.array(OldTile).max(MOST_TILES).optional(),
  })
  .superRefine(({ sections, tiles }, ctx) => {
    if (sections && tiles) ctx.addIssue(issueOf(say("schema.tilesOrSections"), "tiles"));
    const count = (sections ?? []).reduce((sum, section) => sum + section.tiles.length, 0);
    if (count > MOST_TILES) ctx.addIssue(issueOf(say("schema.tooManyTiles", { most: MOST_TILES }), "sections"));
  });
type Written = z.infer<typeof Written>;

const inSections = ({ slug, title, sections, tiles }: Written) => ({
  slug,
  title,
  sections: sections ?? sectionsOfTiles(tiles ?? []),
});

/** A dashboard wherever it comes in (store, telltale.yaml, import), in the present form or the old one. */
export const DashboardIn = Written.transform(inSections);
export type DashboardIn = z.output<typeof DashboardIn>;

/** Over the API, ids that stand twice are refused. What was stored or written in a file before is given other ids. */
export const DashboardBody = Written.superRefine((written, ctx) => {
  const sections = written.sections ?? [];
  const tiles: [string | undefined, ...PropertyKey[]][] = [
    ...(written.tiles ?? []).map(({ id }, i): [string | undefined, ...PropertyKey[]] => [id, "tiles", i, "id"]),
    ...sections.flatMap((section, s) =>
      section.tiles.map(({ id }, i): [string | undefined, ...PropertyKey[]] => [id, "sections", s, "tiles", i, "id"]),
    ),
  ];
  for (const { id, path } of repeated(tiles)) ctx.addIssue(issueOf(say("problem.tileIdTwice", { id }), ...path));
  const ids = sections.map(({ id }, i): [string | undefined, ...PropertyKey[]] => [id, "sections", i, "id"]);
  for (const { id, path } of repeated(ids)) ctx.addIssue(issueOf(say("problem.sectionIdTwice", { id }), ...path));
}).transform(inSections);

function repeated(list: readonly [string | undefined, ...PropertyKey[]][]): { id: string; path: PropertyKey[] }[] {
  const seen = new Set<string>();
  return list.flatMap(([id, ...path]) => {
    if (id === undefined) return [];
    if (seen.has(id)) return [{ id, path }];
    seen.add(id);
    return [];
  });
}
