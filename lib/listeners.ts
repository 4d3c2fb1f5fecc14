export type Unsubscribe = () => void;

/** Functions to be called at each event, in the order in which they were added. */
export interface Listeners<Args extends unknown[]> {
  add(listener: (...args: Args) => void): Unsubscribe;
  tell(...args: Args): void;
}

/** `onError`: takes what one of them throws, so that the others are called all the same. Without it, whoever tells gets it. */
export function createListeners<Args extends unknown[]>(onError?: (error: unknown) => void): Listeners<Args> {
  const listeners = new Set<(...args: Args) => void>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(...args) {
      for (const listener of listeners) {
        try {
          listener(...args);
        } catch (error) {
          if (!onError) throw error;
          onError(error);
        }
      }
    },
  };
}
