import type { PointId } from "@/lib/ids";
import type { PointView } from "./store";

/** The points of a view. Immutable: `with` returns the next version. */
export interface PointMap extends ReadonlyMap<PointId, PointView> {
  /** Replaces these points; ids that are not in the map are ignored. */
  with(changes: ReadonlyMap<PointId, PointView>): PointMap;
}

/**
 * Two layers: all points, and above them those that changed since. A frame copies only the upper layer, which has at most √n points:
 * copying thousands of points for each frame cost more than rendering the frame.
 */
export function createPointMap(
  base: ReadonlyMap<PointId, PointView>,
  upper?: ReadonlyMap<PointId, PointView>,
): PointMap {
  const limit = Math.max(16, Math.ceil(Math.sqrt(base.size)));
  const get = (id: PointId): PointView | undefined => upper?.get(id) ?? base.get(id);
  function* entries(): MapIterator<[PointId, PointView]> {
    for (const [id, point] of base) yield [id, upper?.get(id) ?? point];
    return undefined;
  }
  function* values(): MapIterator<PointView> {
    for (const [, point] of entries()) yield point;
    return undefined;
  }
  const map: PointMap = {
    get,
    has: (id) => base.has(id),
    size: base.size,
    keys: () => base.keys() as MapIterator<PointId>,
    entries,
    values,
    [Symbol.iterator]: entries,
    forEach(each) {
      for (const [id, point] of entries()) each(point, id, map);
    },
    with(changes) {
      const known = [...changes].filter(([id]) => base.has(id));
      if (known.length === 0) return map;
      if ((upper?.size ?? 0) + known.length <= limit)
        return createPointMap(base, new Map([...(upper ?? []), ...known]));
      return createPointMap(new Map([...base, ...(upper ?? []), ...known]));
    },
  };
  return map;
}
