import type { Dashboard, Section, Tile, TileIn } from "@/lib/dashboard";
import { placeOf } from "@/lib/dashboard/apply";
import type { Op } from "@/lib/dashboard/ops";
import { DashboardSlug } from "@/lib/ids";
import { proposeId } from "@/lib/proposeId";

/** As the server makes them: unlike any that was there before. */
const newId = (): string => crypto.getRandomValues(new Uint32Array(1))[0]?.toString(16).padStart(8, "0") ?? "";

/** Adds a tile at the end of a section; undefined: of the last one, and of a new one where there is none. */
export function addTile(dashboard: Dashboard, tile: TileIn, sectionId?: string): Op[] {
  const given: Tile = { ...tile, id: tile.id ?? newId() };
  const section = dashboard.sections.find(({ id }) => id === sectionId) ?? dashboard.sections.at(-1);
  if (section) return [{ op: "tile.add", tile: given, section: section.id, after: section.tiles.at(-1)?.id ?? null }];
  const id = newId();
  return [
    { op: "section.add", section: { id }, after: null },
    { op: "tile.add", tile: given, section: id, after: null },
  ];
}

/** Changes a tile; what is empty or undefined is taken away. */
export const changeTile = (id: string, changes: Partial<Tile>): Op => ({
  op: "tile.change",
  id,
  changes: Object.fromEntries(
    Object.entries(changes).map(([field, value]) => [field, value === undefined || value === "" ? null : value]),
  ),
});

/** Moves a tile to the end of another section. */
export function moveInto(dashboard: Dashboard, id: string, section: Section): Op | undefined {
  if (placeOf(dashboard, id)?.section === section) return undefined;
  return { op: "tile.move", id, section: section.id, after: section.tiles.at(-1)?.id ?? null };
}

/** A section without a name behind the others. */
export const addSection = ({ sections }: Dashboard): Op => ({
  op: "section.add",
  section: { id: newId() },
  after: sections.at(-1)?.id ?? null,
});

/** Moves a section past its neighbour. */
export function moveSection({ sections }: Dashboard, id: string, by: -1 | 1): Op {
  const index = sections.findIndex((section) => section.id === id);
  return { op: "section.move", id, after: sections[by === 1 ? index + 1 : index - 2]?.id ?? null };
}

/** Names as they are saved: without blanks around them; a section's that is blank is none. */
export const trimmed = (dashboard: Dashboard): Dashboard => ({
  ...dashboard,
  title: dashboard.title.trim(),
  sections: dashboard.sections.map(({ title, ...section }) => ({
    ...section,
    ...(title?.trim() ? { title: title.trim() } : {}),
  })),
});

/** A slug for a title: "Küche & Bad" is kuche-bad. If it is taken, a number is appended; if nothing is left of it, it is "dashboard". */
export const slugFor = (title: string, taken: ReadonlySet<string>): Dashboard["slug"] =>
  DashboardSlug.parse(proposeId(title, "dashboard", taken));
