/** Waits for what events tell, never for time: `look` is called on every event, and whoever waits checks then. */
export interface Waiting {
  look(): void;
  /** Resolves with what `find` answers once that is neither undefined nor false; rejects after `withinMs`, saying what was awaited. */
  until<T>(what: string, find: () => T | undefined | false, withinMs?: number): Promise<T>;
}

/** Only guards against waiting for ever: a machine that is busy with other things must not fail a test. */
const PATIENCE_MS = 60_000;

/** A server that waits for a locked file is silent for five seconds, and one on a machine that is busy with other things for one. */
export const SILENT_MS = 3000;

/** `describe` tells in the error what there was instead. */
export function createWaiting(describe: () => unknown = () => ""): Waiting {
  const checks = new Set<() => void>();
  return {
    look() {
      for (const check of [...checks]) check();
    },
    until: (what, find, withinMs = PATIENCE_MS) =>
      new Promise((resolve, reject) => {
        const end = () => {
          checks.delete(check);
          clearTimeout(limit);
        };
        const check = () => {
          try {
            const found = find();
            if (found === undefined || found === false) return;
            end();
            resolve(found);
          } catch (error) {
            // It is whoever waits that has to hear of it, not the event that made it be looked for.
            end();
            reject(error);
          }
        };
        const limit = setTimeout(() => {
          end();
          reject(new Error(`not within ${withinMs} ms: ${what}. There is: ${String(describe()).slice(-4000)}`));
        }, withinMs);
        checks.add(check);
        check();
      }),
  };
}
