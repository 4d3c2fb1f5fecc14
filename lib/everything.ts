import type { PointId } from "./ids";
import type { PointInfo } from "./point";
import type { Counts } from "./pointState";

/** The page of everything: every point that its reader may see, by area and device. The list has ids only; points come with a view. */
export interface EverythingList {
  /** Names the sections: while it stays the same they are not sent again. */
  version: string;
  /** How many points the reader may see, and how many tiles the list has. */
  total: number;
  tiles: number;
  /** The states of the points that match the query. */
  counts: Counts;
  sections?: EverythingSection[];
}

export interface EverythingSection {
  heading?: string;
  /** Beside sections with a heading: of points without an area. */
  unplaced?: true;
  tiles: TileIds[];
  /** Settings and diagnostics, behind what the section is for. */
  folded?: TileIds[];
  /** A folded point is beyond its threshold. */
  foldedAlarm?: true;
}

/** The point of a tile; of several points that are one thing, the main one first. */
export type TileIds = PointId | PointId[];

/** So many tiles are in the page's HTML: two screens. */
export const FIRST_TILES = 48;

/** The beginning of the list, for the first paint. Folded tiles are not drawn before they are asked for. */
export function headOf(sections: readonly EverythingSection[], tiles: number): EverythingSection[] {
  const head: EverythingSection[] = [];
  let left = tiles;
  for (const section of sections) {
    if (left <= 0) break;
    head.push(
      section.tiles.length > left
        ? {
            heading: section.heading,
            ...(section.unplaced && { unplaced: true as const }),
            tiles: section.tiles.slice(0, left),
          }
        : section,
    );
    left -= section.tiles.length;
  }
  return head;
}

type Placed = Pick<PointInfo, "id" | "name" | "device" | "area">;

/** The same in every browser and on the server; "Lamp 2" before "Lamp 10". */
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const byName = (a: string | undefined, b: string | undefined): number =>
  a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : collator.compare(a, b);

/** By area, then device, then name; what has no area comes last. */
export const byPlace = (a: Placed, b: Placed): number =>
  byName(a.area, b.area) ||
  byName(a.device, b.device) ||
  byName(a.name, b.name) ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * Sections of what is sorted by place. A device of several points has a heading of its own, behind the rest of its area, which stands
 * together.
 */
export function sectionsOf<P extends Placed>(sorted: readonly P[]): { heading: string | undefined; points: P[] }[] {
  const sections: { heading: string | undefined; points: P[] }[] = [];
  for (const [area, inArea] of groupBy(sorted, (p) => p.area)) {
    const devices = groupBy(inArea, (p) => p.device);
    const several = ([device, its]: [string | undefined, P[]]) => device !== undefined && its.length > 1;
    const rest = devices.filter((device) => !several(device)).flatMap(([, its]) => its);
    if (rest.length > 0) sections.push({ heading: area, points: rest });
    for (const [device, its] of devices.filter(several))
      sections.push({ heading: [area, device].filter(Boolean).join(" · "), points: its });
  }
  return sections;
}

/** Neighbours of a sorted list that agree, in order. */
function groupBy<T, K>(items: readonly T[], key: (item: T) => K): [K, T[]][] {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups];
}
