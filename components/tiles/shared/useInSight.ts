"use client";

import { type RefObject, useCallback, useSyncExternalStore } from "react";
import { paced } from "./onScreen";

/**
 * `useSyncExternalStore` for what only eyes need: while the tile of `ref` is off the screen, changes render nothing; when it comes into
 * sight it is right at once. `subscribe` must stay the same function while it means the same.
 */
export function useInSight<T>(
  ref: RefObject<Element | null>,
  subscribe: (listener: () => void) => () => void,
  get: () => T,
  getServer: () => T,
): T {
  const subscribeInSight = useCallback(
    (listener: () => void) => {
      const drawing = paced(ref.current, listener, "never");
      const end = subscribe(drawing.changed);
      return () => {
        end();
        drawing.stop();
      };
    },
    [ref, subscribe],
  );
  return useSyncExternalStore(subscribeInSight, get, getServer);
}
