import { tileOfWhole, type Whole, wholesOf } from "@/lib/composite/compose";
import type { PointInfo } from "@/lib/point";
import { kindFor } from "../tiles/registry";
import { fillPhone, placed, type Section } from "./layout";

type Wholes = ReadonlyMap<string, Whole<PointInfo>>;

/** The same in every browser and on the server, so that both draw the same order; "Lamp 2" before "Lamp 10". */
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const byName = (a: string | undefined, b: string | undefined): number =>
  a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : collator.compare(a, b);

/**
 * Everything there is, as tiles of the kind that fits best: by area, then device, then name; what has no area comes last.
 * Points that are one thing are one tile. A device of several tiles has a heading of its own, behind the rest of its area, which stands
 * together. Settings and diagnostics are folded behind what their section is for.
 */
export function everything(points: readonly PointInfo[]): Section[] {
  const { wholes, within } = wholesOf(points);
  const sorted = points
    .filter(({ id }) => !within.has(id))
    .sort(
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
    if (rest.length > 0) sections.push(sectionOf(area, rest, wholes));
    for (const [device, its] of devices.filter(stands))
      sections.push(sectionOf([area, device].filter(Boolean).join(" · "), its, wholes));
  }
  if (sections.length === 1) return sections;
  return sections.map((section) => ({ ...section, heading: section.heading ?? "Elsewhere" }));
}

function sectionOf(heading: string | undefined, points: PointInfo[], wholes: Wholes): Section {
  const usual = points.filter((p) => !p.category);
  const [shown, folded] = usual.length > 0 ? [usual, points.filter((p) => p.category)] : [points, []];
  return {
    key: heading ?? "",
    heading,
    tiles: tilesOf(shown, wholes),
    ...(folded.length > 0 && { folded: tilesOf(folded, wholes) }),
  };
}

function tilesOf(points: readonly PointInfo[], wholes: Wholes): Section["tiles"] {
  const byId = new Map(points.map((p) => [p.id, p]));
  const tiles = points.map((p, i) => {
    const whole = wholes.get(p.id);
    const tile = whole ? tileOfWhole(whole) : { kind: kindFor(p).id, point: p.id };
    return placed({ ...tile, id: p.id }, i, byId);
  });
  fillPhone(tiles);
  return tiles;
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
