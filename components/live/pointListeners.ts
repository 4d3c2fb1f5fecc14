import type { PointId } from "@/lib/ids";
import type { LiveData } from "./store";

/**
 * Listeners by point. The cost of a frame depends on its entries, not on the number of points on the page: with listeners on the whole
 * store, a page of hundreds of tiles spent more time comparing than rendering.
 */
export interface PointListeners {
  /** Called after each change of the point: value, status, command or info. */
  onPoint(id: PointId, listener: () => void): () => void;
  onConnection(listener: () => void): () => void;
  /** Called after each change of the page's own state: connection, brokers, gestures, the ids of the view. */
  onPage(listener: () => void): () => void;
  /** Called after the store has changed from `before` to `state`. `ids`: only these points may have changed; undefined: any. */
  notify(state: LiveData, before: LiveData, ids?: Iterable<PointId>): void;
}

const OF_PAGE = ["connection", "brokers", "gestures", "ids"] as const satisfies readonly (keyof LiveData)[];

export function createPointListeners(): PointListeners {
  const byPoint = new Map<PointId, Set<() => void>>();
  const ofConnection = new Set<() => void>();
  const ofPage = new Set<() => void>();
  return {
    onPoint(id, listener) {
      let listeners = byPoint.get(id);
      if (!listeners) {
        listeners = new Set();
        byPoint.set(id, listeners);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && byPoint.get(id) === listeners) byPoint.delete(id);
      };
    },
    onConnection(listener) {
      ofConnection.add(listener);
      return () => ofConnection.delete(listener);
    },
    onPage(listener) {
      ofPage.add(listener);
      return () => ofPage.delete(listener);
    },
    notify(state, before, ids) {
      if (state.points !== before.points)
        for (const id of ids ?? byPoint.keys()) {
          const listeners = byPoint.get(id);
          if (listeners && state.points.get(id) !== before.points.get(id)) for (const listener of listeners) listener();
        }
      if (state.connection !== before.connection) for (const listener of ofConnection) listener();
      if (OF_PAGE.some((part) => state[part] !== before[part])) for (const listener of ofPage) listener();
    },
  };
}
