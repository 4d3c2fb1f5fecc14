import type { Value } from "@/lib/reading";

/** The values of one line at the crosshair. */
export interface Under {
  value: Value | undefined;
  /** The extremes of its bucket. */
  min?: number | undefined;
  max?: number | undefined;
  /** The value at the same place of the compared span. */
  past?: number | undefined;
}
export interface CrosshairState {
  /** Epoch ms. */
  at: number;
  under: readonly Under[];
  /** It was moved by the keyboard, so its values are announced. */
  said: boolean;
}

/** Connects the plot and its legend, so that a moving mouse renders only the legend. */
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
