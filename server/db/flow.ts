/**
 * Work on a database that replies at once (SQLite) or later (Postgres): `const rows = yield* all(query)`. It is written once; over SQLite it
 * runs in one turn of the event loop, over Postgres it waits for each reply.
 */
export type Flow<T = void> = Generator<Promise<unknown>, T, unknown>;

/** A flow at its end: the reply is there. */
// biome-ignore lint/correctness/useYield: nothing waits.
export function* done<T>(value: T): Flow<T> {
  return value;
}

/** A flow that waits for the promise. */
export function* waitFor<T>(promise: Promise<T>): Flow<T> {
  return (yield promise) as T;
}

/** Runs a flow in which nothing waits. */
export function runNow<T>(flow: Flow<T>): T {
  const step = flow.next();
  if (step.done) return step.value;
  throw new Error("a flow over SQLite waits for a promise: its transaction would stay open meanwhile");
}

/** Runs a flow to its end. A rejected promise is thrown where the flow waits for it. */
export async function runWaiting<T>(flow: Flow<T>): Promise<T> {
  let step = flow.next();
  while (!step.done) {
    const [reply] = await Promise.allSettled([step.value]);
    step = reply.status === "fulfilled" ? flow.next(reply.value) : flow.throw(reply.reason);
  }
  return step.value;
}
