import type { PointId } from "@/lib/ids";
import type { LiveData } from "./store";

/**
 * Who listens to which point. A frame walks the points that are listened to once, and calls only those that it changed: with a
 * listener of its own for each thing that a tile shows, a wall of hundreds of tiles spent more time asking than drawing.
 */
export interface PointListeners {
  /** Called after each change of the point: value, status, command or info. */
  onPoint(id: PointId, listener: () => void): () => void;
  onConnection(listener: () => void): () => void;
  /** The store has changed from `before` to `state`. */
  tell(state: LiveData, before: LiveData): void;
}

export function createPointListeners(): PointListeners {
  const byPoint = new Map<PointId, Set<() => void>>();
  const ofConnection = new Set<() => void>();
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
    tell(state, before) {
      if (state.points !== before.points)
        for (const [id, listeners] of byPoint)
          if (state.points.get(id) !== before.points.get(id)) for (const listener of listeners) listener();
      if (state.connection !== before.connection) for (const listener of ofConnection) listener();
    },
  };
}
