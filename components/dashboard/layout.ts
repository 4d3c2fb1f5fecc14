import type { Tile } from "@/lib/dashboard";
import type { PointInfo } from "@/lib/point";
import { kindFor, tileKind } from "../tiles/registry";

/** A tile with its place: in cells of twelve to a row on a desktop, of a phone's two columns otherwise. */
export interface PlacedTile {
  key: string;
  tile: Tile;
  w: number;
  h: number;
  phone: 1 | 2;
  /** Given only where the whole section says where its tiles stand; else they flow. */
  at?: { x: number; y: number };
}

export interface Section {
  key: string;
  heading: string | undefined;
  tiles: PlacedTile[];
}

const DEFAULT_SIZE = { w: 3, h: 1, phone: 1 } as const;
/** Wider than a quarter of the desktop's row does not fit half a phone. */
const WIDEST_HALF = 4;

export type PointsById = ReadonlyMap<string, PointInfo>;

/** Tiles in a row with the same section stand under one heading; the order is the dashboard's. */
export function sectionsOf(tiles: readonly Tile[], points: PointsById): Section[] {
  const sections: Section[] = [];
  tiles.forEach((tile, index) => {
    let section = sections.at(-1);
    if (!section || section.heading !== tile.section) {
      section = { key: `${index}`, heading: tile.section, tiles: [] };
      sections.push(section);
    }
    section.tiles.push(placed(tile, index, points));
  });
  for (const { tiles } of sections) {
    placeWithin(tiles);
    fillPhone(tiles);
  }
  return sections;
}

function placed(tile: Tile, index: number, points: PointsById): PlacedTile {
  const kind = tileKind(tile.kind);
  const size = kind.ok ? kind.value.size : DEFAULT_SIZE;
  const w = tile.w ?? size.w;
  const point = tile.point && points.get(tile.point);
  const wide = w > WIDEST_HALF || (kind.ok && point && kind.value.wide?.(point));
  return {
    key: tile.id ?? `${index}`,
    tile,
    w,
    h: tile.h ?? size.h,
    phone: wide ? 2 : size.phone,
  };
}

/** Rows are counted from the section's first one. One tile without a place, or one that would stick out, and all of them flow. */
function placeWithin(tiles: PlacedTile[]): void {
  const fits = ({ tile: { x, y }, w }: PlacedTile) => x !== undefined && y !== undefined && x + w <= 12;
  if (!tiles.every(fits)) return;
  const top = Math.min(...tiles.map(({ tile }) => tile.y ?? 0));
  for (const p of tiles) p.at = { x: p.tile.x ?? 0, y: (p.tile.y ?? 0) - top };
}

/**
 * A phone's two columns end level: where they would not, the last small tile takes the whole width instead of standing beside a hole.
 * The grid packs densely, so it is enough to look at the small ones in order, each going to the shorter column.
 */
function fillPhone(tiles: PlacedTile[]): void {
  const small = tiles.filter((p) => p.phone === 1);
  while (small.length > 0) {
    let [left, right] = [0, 0];
    for (const { h } of small) {
      if (left <= right) left += h;
      else right += h;
    }
    if (left === right) return;
    const last = small.pop();
    if (last) last.phone = 2;
  }
}

/** The same in every browser and on the server, so that both draw the same order; "Lamp 2" before "Lamp 10". */
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const byName = (a: string | undefined, b: string | undefined): number =>
  a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : collator.compare(a, b);

/**
 * Everything there is, as tiles of the kind that fits best: by area, then device, then name; what has no area comes last.
 * A device of several points has a heading of its own, behind the rest of its area, which stands together.
 */
export function everything(points: readonly PointInfo[]): Section[] {
  const sorted = [...points].sort(
    (a, b) =>
      byName(a.area, b.area) ||
      byName(a.device, b.device) ||
      byName(a.name, b.name) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  const sections: Section[] = [];
  for (const [area, inArea] of groupBy(sorted, (p) => p.area)) {
    const devices = groupBy(inArea, (p) => p.device);
    const stands = ([device, its]: [string | undefined, PointInfo[]]) => device !== undefined && its.length > 1;
    const rest = devices.filter((d) => !stands(d)).flatMap(([, its]) => its);
    if (rest.length > 0) sections.push(sectionOf(area, rest));
    for (const [device, its] of devices.filter(stands))
      sections.push(sectionOf([area, device].filter(Boolean).join(" · "), its));
  }
  if (sections.length === 1) return sections;
  return sections.map((section) => ({ ...section, heading: section.heading ?? "Elsewhere" }));
}

function sectionOf(heading: string | undefined, points: PointInfo[]): Section {
  const byId = new Map(points.map((p) => [p.id, p]));
  const tiles = points.map((p, i) => placed({ id: p.id, kind: kindFor(p).id, point: p.id }, i, byId));
  fillPhone(tiles);
  return { key: heading ?? "", heading, tiles };
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
