"use client";

import { useCallback, useRef, useState, useSyncExternalStore } from "react";
import { useLive } from "@/components/live/LiveProvider";
import type { LiveData } from "@/components/live/store";
import type { PointId } from "@/lib/ids";
import { type Counts, hasState, type StateKey } from "@/lib/pointState";
import { countStates } from "./summary";
import { stateOf } from "./useTileState";

/** Which states the reader wants to see; none chosen: all. */
export function useStateFilter(): { only: ReadonlySet<StateKey>; toggle: (key: StateKey) => void } {
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
  return { only, toggle };
}

/**
 * How many of these points are in which state. Counted once a second, since a line of numbers that changes with every frame could not be
 * read; the same object while the numbers stay the same, so that nothing is rendered for it.
 */
export function useCounts(points: readonly PointId[]): Counts {
  const { store, ticker } = useLive();
  const last = useRef<{ counts: Counts; key: string } | undefined>(undefined);
  const count = (state: LiveData, now: number): Counts => {
    const counts = countPoints(state, points, now);
    const key = Object.values(counts).join();
    if (last.current?.key !== key) last.current = { counts, key };
    return last.current.counts;
  };
  // Between two seconds the same answer: React asks more often than that.
  const counted = useRef<{ at: number; points: readonly PointId[]; counts: Counts } | undefined>(undefined);
  return useSyncExternalStore(
    ticker.subscribe,
    () => {
      const at = ticker.now();
      if (counted.current?.at !== at || counted.current.points !== points)
        counted.current = { at, points, counts: count(store.getState(), at) };
      return counted.current.counts;
    },
    () => count(store.getInitialState(), ticker.paintedAt()),
  );
}

function countPoints({ points: known, connection }: LiveData, points: readonly PointId[], now: number): Counts {
  return countStates(
    points.flatMap((id) => {
      const point = known.get(id);
      if (!point || !hasState(point)) return [];
      return [stateOf(point, connection, now)];
    }),
  );
}
