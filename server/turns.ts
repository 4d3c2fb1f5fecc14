import type { Steps } from "../lib/steps";

/** So long work goes on within one turn of the event loop; messages, frames and requests come in between. */
const TURN_MS = 8;

/** The next turn of the event loop. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Does work in steps over as many turns of the event loop as it takes. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const end = performance.now() + TURN_MS;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await nextTurn();
  }
}
