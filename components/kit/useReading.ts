"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";
import { usePointIds } from "@/components/live/hooks";
import { useLive } from "@/components/live/LiveProvider";
import type { LiveData, PointView } from "@/components/live/store";
import type { PointId } from "@/lib/ids";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";

/**
 * The part of a point that `select` returns; the component renders again only when that changes. `select` must return the same primitive
 * or reference while nothing has changed.
 */
export function usePointPart<T>(id: PointId | undefined, select: (point: PointView | undefined) => T): T {
  const { store } = useLive();
  const subscribe = useCallback(
    (listener: () => void) => (id === undefined ? () => undefined : store.onPoint(id, listener)),
    [store, id],
  );
  const pointIn = ({ points }: LiveData) => select(id === undefined ? undefined : points.get(id));
  return useSyncExternalStore(
    subscribe,
    () => pointIn(store.getState()),
    () => pointIn(store.getInitialState()),
  );
}

const infoOf = (point: PointView | undefined): PointInfo | undefined => point?.info;
const newestOf = (point: PointView | undefined): Value => point?.value ?? null;

/** The point's info, which does not change with readings; undefined: the page does not know the point. */
export const usePointInfo = (id: PointId | undefined): PointInfo | undefined => usePointPart(id, infoOf);

/** The newest value; null also if there was none yet. */
export const useValue = (id: PointId): Value => usePointPart(id, newestOf);

/** The view's points, in its order; the same array until the view changes. */
export function usePoints(): readonly PointInfo[] {
  const { store } = useLive();
  const ids = usePointIds();
  return useMemo(() => ids.flatMap((id) => store.getState().points.get(id)?.info ?? []), [store, ids]);
}
