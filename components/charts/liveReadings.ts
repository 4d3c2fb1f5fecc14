import type { Clock } from "@/lib/clock";
import type { PointId } from "@/lib/ids";
import { endAll } from "../live/endAll";
import type { LiveStore, PointView } from "../live/store";
import type { TailReading } from "./tail";

/** The readings that arrive while a chart is shown, until they are in its columns. */
export interface LiveReadings {
  /** Listens to these points, in place of those before. */
  listen(points: readonly PointId[]): void;
  /** What these points show now is not a new reading. */
  know(points: readonly PointId[]): void;
  /** Before history is requested: later readings, and those of the last moments, may or may not be in the answer. */
  collect(): void;
  of(point: PointId): readonly TailReading[];
  all(): Iterable<readonly [PointId, readonly TailReading[]]>;
  clear(): void;
}

/** The server has written a reading to disk within this time. */
const UNWRITTEN_MS = 1500;

interface ReceivedReading extends TailReading {
  /** By the page's clock. */
  receivedAt: number;
}

export function createLiveReadings(store: LiveStore, timers: Clock, onReading: () => void): LiveReadings {
  const pending = new Map<PointId, ReceivedReading[]>();
  /** Readings of the last moments, which the server may not have written to disk yet when it answers. */
  const fresh = new Map<PointId, ReceivedReading[]>();
  const seen = new Map<PointId, PointView>();
  let unlisten: (() => void) | undefined;

  function take(id: PointId): void {
    const point = store.getState().points.get(id);
    const before = seen.get(id);
    if (!point || point === before) return;
    seen.set(id, point);
    // A retained value is not a new reading.
    if (!before || point.at === null || point.status.retained || before.at === point.at) return;
    const reading = { at: point.at, value: point.value, receivedAt: timers.monotonic() };
    pending.set(id, [...(pending.get(id) ?? []), reading]);
    fresh.set(id, [
      ...(fresh.get(id) ?? []).filter(({ receivedAt }) => receivedAt > reading.receivedAt - UNWRITTEN_MS),
      reading,
    ]);
    onReading();
  }

  return {
    listen(points) {
      unlisten?.();
      unlisten = endAll(...points.map((id) => store.onPoint(id, () => take(id))));
    },
    know(points) {
      for (const id of points) {
        const point = store.getState().points.get(id);
        if (point && !seen.has(id)) seen.set(id, point);
      }
    },
    collect() {
      pending.clear();
      const since = timers.monotonic() - UNWRITTEN_MS;
      for (const [id, readings] of fresh)
        pending.set(
          id,
          readings.filter(({ receivedAt }) => receivedAt > since),
        );
    },
    of: (point) => pending.get(point) ?? [],
    all: () => pending,
    clear: () => pending.clear(),
  };
}
