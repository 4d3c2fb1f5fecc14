import type { Clock } from "../../ports";

/** The promise's value, or `late` when it has none after `ms`. The promise itself goes on. */
export function within<T>(clock: Clock, ms: number, promise: Promise<T>): Promise<T | "late"> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => resolve("late"));
    promise.then(resolve, reject).finally(cancel);
  });
}
