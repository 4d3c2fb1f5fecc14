"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";
import { usePointIds } from "@/components/live/hooks";
import { useLive } from "@/components/live/LiveProvider";
import type { LiveData, PointView } from "@/components/live/store";
import type { PointId } from "@/lib/ids";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";

/**
 * One thing of a point, chosen by `select`; rendered again only when that changes. `select` must answer the same primitive or
 * reference while nothing changed.
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

/** What stays the same while readings change; undefined: the page does not know the point. */
export const usePointInfo = (id: PointId | undefined): PointInfo | undefined => usePointPart(id, infoOf);

/** The newest value; null also where nothing was seen yet. */
export const useValue = (id: PointId): Value => usePointPart(id, newestOf);

/** The view's points, in its order; the same array until the view changes. */
export function usePoints(): readonly PointInfo[] {
  const { store } = useLive();
  const ids = usePointIds();
  return useMemo(() => ids.flatMap((id) => store.getState().points.get(id)?.info ?? []), [store, ids]);
}
