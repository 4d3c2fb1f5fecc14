import type { Dashboard, Section, Tile } from "../dashboard";
import { placeOf } from "./apply";
import type { Op, SectionHead } from "./ops";

type Change<Name extends Op["op"]> = Extract<Op, { op: Name }> extends { changes: infer Changes } ? Changes : never;

/** The fewest steps that make `to` of `from`. */
export function diff(from: Dashboard, to: Dashboard): Op[] {
  const kept = new Set(to.sections.map(({ id }) => id));
  const left = new Set(to.sections.flatMap(({ tiles }) => tiles.map(({ id }) => id)));
  return [
    ...(from.title === to.title ? [] : [{ op: "title" as const, title: to.title }]),
    ...sectionSteps(from, to),
    ...to.sections.flatMap((section) => tileSteps(from, section)),
    ...from.sections.flatMap(({ tiles }) =>
      tiles.flatMap(({ id }) => (left.has(id) ? [] : [{ op: "tile.remove" as const, id }])),
    ),
    ...from.sections.flatMap(({ id }) => (kept.has(id) ? [] : [{ op: "section.remove" as const, id }])),
  ];
}

function sectionSteps(from: Dashboard, to: Dashboard): Op[] {
  const before = new Map(from.sections.map((section, i) => [section.id, { section, i }]));
  const stay = unmoved(to.sections, (id) => before.get(id)?.i);
  return to.sections.flatMap((section, i): Op[] => {
    const old = before.get(section.id)?.section;
    const after = to.sections[i - 1]?.id ?? null;
    if (!old) return [{ op: "section.add", section: headOf(section), after }];
    const changes = differing<Change<"section.change">>(headOf(old), headOf(section));
    return [
      ...(stay.has(section.id) ? [] : [{ op: "section.move" as const, id: section.id, after }]),
      ...(changes ? [{ op: "section.change" as const, id: section.id, changes }] : []),
    ];
  });
}

function tileSteps(from: Dashboard, section: Section): Op[] {
  const own = from.sections.find(({ id }) => id === section.id);
  const here = new Map(own?.tiles.map(({ id }, i) => [id, i]));
  const stay = unmoved(section.tiles, (id) => here.get(id));
  return section.tiles.flatMap((tile, i): Op[] => {
    const old = placeOf(from, tile.id)?.tile;
    const to = { section: section.id, after: section.tiles[i - 1]?.id ?? null };
    if (!old) return [{ op: "tile.add", tile, ...to }];
    return [
      ...(stay.has(tile.id) ? [] : [{ op: "tile.move" as const, id: tile.id, ...to }]),
      ...tileChanges(old, tile),
    ];
  });
}

const SIZE = new Set(["w", "h", "sizes"]);

function tileChanges(old: Tile, now: Tile): Op[] {
  const changes = differing<Change<"tile.change">>(old, now);
  if (!changes) return [];
  const op = Object.keys(changes).every((field) => SIZE.has(field)) ? "tile.resize" : "tile.change";
  return [{ op, id: now.id, changes } as Op];
}

export const headOf = ({ tiles: _, ...head }: Section): SectionHead => head;

/** The fields that differ, with what they are now; null: gone. Undefined: none does. */
function differing<Changes>(old: object, now: object): Changes | undefined {
  if (old === now) return undefined;
  const [before, after] = [new Map(Object.entries(old)), new Map(Object.entries(now))];
  const changes: [string, unknown][] = [];
  for (const field of new Set([...before.keys(), ...after.keys()]))
    if (!isSame(before.get(field), after.get(field))) changes.push([field, after.get(field) ?? null]);
  return changes.length > 0 ? (Object.fromEntries(changes) as Changes) : undefined;
}

/** JSON alike, whatever the order of keys. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [one, other] = [defined(a), defined(b)];
  return one.size === other.size && [...one].every(([key, value]) => other.has(key) && isSame(value, other.get(key)));
}

const defined = (of: object) => new Map(Object.entries(of).filter(([, value]) => value !== undefined));

/**
 * Of things in an order, the most that can stay where they were: the longest run of rising former indices. All others are moved around
 * them.
 */
function unmoved(now: readonly { id: string }[], indexOf: (id: string) => number | undefined): Set<string> {
  const old = now.flatMap(({ id }) => {
    const index = indexOf(id);
    return index === undefined ? [] : [{ id, index }];
  });
  // For each length the run of that length with the lowest end; `before` leads back through the best run.
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  old.forEach(({ index }, i) => {
    let length = ends.findIndex((end) => (old[end]?.index ?? 0) >= index);
    if (length < 0) length = ends.length;
    before[i] = ends[length - 1];
    ends[length] = i;
  });
  const stay = new Set<string>();
  for (let at = ends.at(-1); at !== undefined; at = before[at]) stay.add(old[at]?.id ?? "");
  return stay;
}
