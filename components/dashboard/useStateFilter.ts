"use client";

import { useCallback, useRef, useState, useSyncExternalStore } from "react";
import { endAll } from "@/components/live/endAll";
import { useLive } from "@/components/live/LiveProvider";
import type { LiveData } from "@/components/live/store";
import type { PointId } from "@/lib/ids";
import type { Counts, StateKey } from "@/lib/pointState";
import { countStates, stateKey } from "./summary";
import { stateOf } from "./useTileState";

/** The states by which the page is filtered; none: no filter. */
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
 * The number of these points in each state. It is updated once a second, since numbers that change with every frame cannot be read. It
 * stays the same object while the numbers do, so that nothing is rendered.
 */
export function useCounts(points: readonly PointId[]): Counts {
  const { store, ticker } = useLive();
  const last = useRef<{ counts: Counts; key: string } | undefined>(undefined);
  const count = (state: LiveData): Counts => {
    const counts = countPoints(state, points);
    const key = Object.values(counts).join();
    if (last.current?.key !== key) last.current = { counts, key };
    return last.current.counts;
  };
  // Cached between two ticks, because React calls getSnapshot more often.
  const counted = useRef<{ at: number; of: readonly unknown[]; counts: Counts } | undefined>(undefined);
  const subscribe = useCallback(
    (listener: () => void) => {
      // When the connection is lost, the counts change together with the lights and the bar, not a second later.
      return endAll(ticker.subscribe(listener), store.onConnection(listener));
    },
    [ticker, store],
  );
  return useSyncExternalStore(
    subscribe,
    () => {
      const at = ticker.now();
      const { connection } = store.getState();
      if (counted.current?.at !== at || counted.current.of[0] !== points || counted.current.of[1] !== connection)
        counted.current = { at, of: [points, connection], counts: count(store.getState()) };
      return counted.current.counts;
    },
    () => count(store.getInitialState()),
  );
}

/** Whether any of these points is in a chosen state, by the same rules as the counts. */
export function useAnyIn(points: readonly PointId[], only: ReadonlySet<StateKey>): boolean {
  const { store } = useLive();
  const subscribe = useCallback(
    (listener: () => void) =>
      endAll(store.onConnection(listener), ...points.map((point) => store.onPoint(point, listener))),
    [store, points],
  );
  const look = (page: LiveData): boolean =>
    points.some((id) => {
      const point = page.points.get(id);
      return point !== undefined && only.has(stateKey(stateOf(point, page)));
    });
  return useSyncExternalStore(
    subscribe,
    () => look(store.getState()),
    () => look(store.getInitialState()),
  );
}

function countPoints(page: LiveData, points: readonly PointId[]): Counts {
  return countStates(
    points.flatMap((id) => {
      const point = page.points.get(id);
      return point ? [stateOf(point, page)] : [];
    }),
  );
}
