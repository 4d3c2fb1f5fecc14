"use client";

import { useCallback, useMemo, useState } from "react";
import { useNow } from "@/components/live/hooks";
import { useLive } from "@/components/live/LiveProvider";
import type { PointId } from "@/lib/ids";
import { type Counts, countStates, type StateKey } from "./summary";
import { stateOf } from "./useTileState";

/**
 * How many of these points are in which state, and which states the reader wants to see (none chosen: all). Counted once a
 * second: a line of numbers that changes with every frame could not be read.
 */
export function useStateFilter(points: readonly PointId[]): {
  counts: Counts;
  only: ReadonlySet<StateKey>;
  toggle: (key: StateKey) => void;
} {
  const { store } = useLive();
  const now = useNow();
  const [only, setOnly] = useState<ReadonlySet<StateKey>>(new Set());
  const toggle = useCallback(
    (key: StateKey) =>
      setOnly((old) => {
        const next = new Set(old);
        if (!next.delete(key)) next.add(key);
        return next;
      }),
    [],
  );
  const counts = useMemo(() => {
    const { points: known, connection } = store.getState();
    return countStates(
      points.flatMap((id) => {
        const point = known.get(id);
        // An actuator that never reports has no state to be in.
        if (!point || (point.info.command?.assumed && point.at === null)) return [];
        return [stateOf(point, connection, now)];
      }),
    );
  }, [store, points, now]);
  return { counts, only, toggle };
}
