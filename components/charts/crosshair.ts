import type { Value } from "@/lib/reading";

/** What stands under the crosshair, by line. */
export interface Under {
  value: Value | undefined;
  /** The extremes of its bucket. */
  min?: number | undefined;
  max?: number | undefined;
  /** At the same place of the compared span. */
  past?: number | undefined;
}
export interface CrosshairState {
  /** Epoch ms. */
  at: number;
  under: readonly Under[];
  /** Placed by the keyboard: is said aloud. */
  said: boolean;
}

/** Between the plot and its legend, so that a moving mouse renders the legend and nothing else. */
export interface Crosshair {
  get(): CrosshairState | undefined;
  set(next: CrosshairState | undefined): void;
  subscribe(listener: () => void): () => void;
}

export function createCrosshair(): Crosshair {
  const listeners = new Set<() => void>();
  let state: CrosshairState | undefined;
  return {
    get: () => state,
    set(next) {
      if (state === next) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
