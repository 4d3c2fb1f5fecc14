import { expect, test } from "vitest";
import { done, type Flow, runNow, runWaiting, waitFor } from "./flow";

function* sum(a: Flow<number>, b: Flow<number>): Flow<number> {
  return (yield* a) + (yield* b);
}

test("PG-1: the same work runs at once where the replies are there, and waits where they are not", async () => {
  expect(runNow(sum(done(1), done(2)))).toBe(3);
  expect(await runWaiting(sum(waitFor(Promise.resolve(1)), done(2)))).toBe(3);
  expect(() => runNow(sum(done(1), waitFor(Promise.resolve(2))))).toThrow(/waits for a promise/);
});

test("PG-1: a reply that fails is thrown where the work waits for it, and the work may go on", async () => {
  const failing = () => waitFor(Promise.reject(new Error("lost")));
  await expect(runWaiting(failing())).rejects.toThrow("lost");
  function* caught(): Flow<string> {
    try {
      yield* failing();
    } catch (error) {
      return `${(error as Error).message}, ${yield* waitFor(Promise.resolve("and found"))}`;
    }
    return "not reached";
  }
  expect(await runWaiting(caught())).toBe("lost, and found");
});
