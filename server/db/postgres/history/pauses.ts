import { nextTurn } from "../../../turns";

const TURN_MS = 20;

/** For long work in the thread that writes: now and then a turn of the event loop, so that batches of readings are stored meanwhile. */
export function createPauses(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await nextTurn();
    since = performance.now();
  };
}
