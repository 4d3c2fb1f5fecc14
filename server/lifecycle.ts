import type { Log } from "./ports";

/** A part of the server. Making it starts nothing: no timer, thread or connection; it runs from `start` to `stop`. */
export interface Startable {
  start?(): unknown;
  /** Also called where `start` failed half-way. */
  stop?(): unknown;
}

export interface Lifecycle {
  /** Starts it, and resolves when it has started. */
  start<T extends Startable>(part: T): Promise<T>;
  /** What runs already or is open already, with what ends it. */
  opened<T>(thing: T, close: (thing: T) => unknown): T;
  /** Stops everything, the last first. One that fails to stop is logged, and the others are stopped all the same. */
  stop(): Promise<void>;
}

/** Parts start in the order in which they are listed, and stop in the reverse order. */
export function createLifecycle(log: Log): Lifecycle {
  const running: (() => unknown)[] = [];
  return {
    async start(part) {
      running.push(() => part.stop?.());
      await part.start?.();
      return part;
    },
    opened(thing, close) {
      running.push(() => close(thing));
      return thing;
    },
    async stop() {
      for (const stop of running.splice(0).reverse()) {
        try {
          await stop();
        } catch (error) {
          log.error({ err: error }, "a part did not stop cleanly");
        }
      }
    },
  };
}
