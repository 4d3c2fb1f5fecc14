"use client";

import { useCallback, useMemo, useRef, useSyncExternalStore } from "react";
import { useLive } from "@/components/live/LiveProvider";
import type { LiveData } from "@/components/live/store";
import type { PointId } from "@/lib/ids";
import { stateOf } from "./useTileState";

/** So long after a press or a move nothing changes its place: what somebody aims at must not go from under the finger. */
const STILL_MS = 3000;
let touched = Number.NEGATIVE_INFINITY;
const touch = (): void => {
  touched = performance.now();
};

/**
 * The points that ask for a person: beyond a threshold, or with a command that did not end well. Looked at once a second, and not while
 * somebody operates the page. The same set while it stays the same.
 */
export function useAsking(points: readonly PointId[]): ReadonlySet<PointId> {
  const { store, ticker } = useLive();
  const shown = useRef<string>(undefined);
  const look = useCallback(
    (page: LiveData): string =>
      points
        .filter((id) => {
          const point = page.points.get(id);
          if (!point) return false;
          const { level, light } = stateOf(point, page);
          return level !== undefined || light === "unconfirmed";
        })
        .join("\n"),
    [points],
  );
  const subscribe = useCallback(
    (listener: () => void) => {
      for (const event of TOUCHES) window.addEventListener(event, touch, { passive: true });
      const end = ticker.subscribe(() => {
        if (performance.now() - touched < STILL_MS) return;
        shown.current = look(store.getState());
        listener();
      });
      return () => {
        for (const event of TOUCHES) window.removeEventListener(event, touch);
        end();
      };
    },
    [store, ticker, look],
  );
  const first = (): string => {
    shown.current ??= look(store.getInitialState());
    return shown.current;
  };
  const ids = useSyncExternalStore(subscribe, first, first);
  return useMemo(() => new Set(ids.split("\n") as PointId[]), [ids]);
}

const TOUCHES = ["pointerdown", "pointermove", "keydown"] as const;
