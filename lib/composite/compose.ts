import type { TileIn } from "../dashboard";
import type { PointId } from "../ids";
import type { PointInfo } from "../point";
import { type CompositeKind, guessedRole, isCompositeKind, isRole, mainRole, rolesOf } from "./roles";

type Partly = Pick<PointInfo, "id" | "broker" | "part" | "name">;

/** Which whole a point belongs to; undefined: to none, or in a role that no tile draws. */
const wholeOf = ({ broker, part }: Partly): string | undefined =>
  part && isRole(part.kind, part.role) ? `${broker} ${part.kind} ${part.of}` : undefined;

export interface Whole<P> {
  kind: CompositeKind;
  main: P;
  /** Every point that the tile draws, the main one too. */
  points: readonly P[];
  name: string;
  /** As the tile's `options.parts`: the points beside the main one, by role. */
  parts: Record<string, PointId>;
}

/**
 * The wholes among these points, by their main point's id, and the ids of the points that they swallow. Of two points in one role the
 * first counts, the other stays by itself.
 */
export function wholesOf<P extends Partly>(
  points: Iterable<P>,
): { wholes: Map<PointId, Whole<P>>; within: Set<PointId> } {
  const groups = new Map<string, Map<string, P>>();
  for (const point of points) {
    const key = wholeOf(point);
    if (key === undefined || !point.part) continue;
    const group = groups.get(key) ?? new Map<string, P>();
    groups.set(key, group);
    if (!group.has(point.part.role)) group.set(point.part.role, point);
  }
  const wholes = new Map<PointId, Whole<P>>();
  const within = new Set<PointId>();
  for (const group of groups.values()) {
    const whole = wholeFrom(group);
    if (!whole) continue;
    wholes.set(whole.main.id, whole);
    for (const point of whole.points) if (point !== whole.main) within.add(point.id);
  }
  return { wholes, within };
}

function wholeFrom<P extends Partly>(group: ReadonlyMap<string, P>): Whole<P> | undefined {
  const [first] = group.values();
  const kind = first?.part?.kind;
  const main = kind && group.get(mainRole(kind, new Set(group.keys())) ?? "");
  if (!kind || !main) return undefined;
  const parts: Record<string, PointId> = {};
  for (const role of rolesOf(kind)) {
    const point = group.get(role);
    if (point && point !== main) parts[role] = point.id;
  }
  return { kind, main, parts, points: [...group.values()], name: main.part?.name ?? main.name };
}

/** The tile of a whole, as a dashboard holds it. */
export function tileOfWhole({ kind, main, parts, name }: Whole<Partly>): TileIn {
  return {
    kind,
    point: main.id,
    ...(name !== main.name && { title: name }),
    ...(Object.keys(parts).length > 0 && { options: { parts } }),
  };
}

/** The role of a composite tile's own point: as registered, else the main one that a point of its sort can have. */
export function ownRole(kind: CompositeKind, { part, command }: Pick<PointInfo, "part" | "command">): string {
  if (part && part.kind === kind && isRole(kind, part.role)) return part.role;
  return guessedRole(kind, command?.kind);
}

/** What a tile of this kind shows beside a point: the others of the same whole. Undefined: nothing, or no composite kind. */
export function partsBeside(
  kind: string,
  point: Partly,
  points: Iterable<Partly>,
): Record<string, PointId> | undefined {
  if (!isCompositeKind(kind) || point.part?.kind !== kind) return undefined;
  const key = wholeOf(point);
  const parts: Record<string, PointId> = {};
  for (const other of points)
    if (key !== undefined && other.id !== point.id && other.part && wholeOf(other) === key)
      parts[other.part.role] ??= other.id;
  return Object.keys(parts).length > 0 ? parts : undefined;
}
