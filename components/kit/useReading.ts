"use client";

import { createContext, useContext, useMemo } from "react";
import { type Pace, usePoint, usePointIds } from "@/components/live/hooks";
import { useLive } from "@/components/live/LiveProvider";
import type { PointView } from "@/components/live/store";
import type { PointId } from "@/lib/ids";
import type { PointInfo } from "@/lib/point";
import type { Value } from "@/lib/reading";

/** The pace of the components in a tile's body. */
export const PaceContext = createContext<Pace | undefined>(undefined);

/** `usePoint` at the pace of the tile around it. */
export const usePointPart = <T>(id: PointId | undefined, select: (point: PointView | undefined) => T): T =>
  usePoint(id, select, useContext(PaceContext));

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
