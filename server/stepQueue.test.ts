import { expect, test } from "vitest";
import type { Steps } from "../lib/steps";
import { createStepQueue } from "./stepQueue";
import { createFakeClock } from "./testing/fakeClock";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const fail = (error: unknown): never => {
  throw error;
};

/** Steps that take a millisecond each. */
function work(clock: ReturnType<typeof createFakeClock>, said: string[], name: string, count: number) {
  return (function* (): Steps<string> {
    for (let i = 0; i < count; i++) {
      clock.advance(1);
      said.push(`${name}${i}`);
      yield;
    }
    return name;
  })();
}

test("HB-19: small work is done at once, long work 8 ms in each turn of the event loop, and in the order in which it came", async () => {
  const clock = createFakeClock();
  const queue = createStepQueue(clock, fail);
  const said: string[] = [];
  queue.add(work(clock, said, "a", 2), (name) => said.push(`${name} done`));
  expect(said).toEqual(["a0", "a1", "a done"]);
  const b = queue.run(work(clock, said, "b", 20));
  queue.add(work(clock, said, "c", 1), (name) => said.push(`${name} done`));
  expect(said).toHaveLength(9);
  await turn();
  expect(said).toHaveLength(17);
  expect(await b).toBe("b");
  await turn();
  expect(said.slice(-3)).toEqual(["b19", "c0", "c done"]);
});

test("HB-104: beyond what may wait the oldest is done at once, so that nothing is lost and memory stays bounded", () => {
  const clock = createFakeClock();
  const queue = createStepQueue(clock, fail, 100);
  const said: string[] = [];
  for (const name of ["a", "b", "c"]) queue.add(work(clock, said, name, 20), () => said.push(`${name} done`), 60);
  expect(said.filter((one) => one.endsWith("done"))).toEqual(["a done", "b done"]);
});

test("HB-19: a job that fails ends by itself, and the next ones go on", async () => {
  const clock = createFakeClock();
  const errors: unknown[] = [];
  const queue = createStepQueue(clock, (error) => errors.push(error));
  const broken = (): Steps<never> =>
    (function* (): Steps<never> {
      yield;
      throw new Error("broken");
    })();
  queue.add(broken(), () => undefined);
  await expect(queue.run(broken())).rejects.toThrow("broken");
  expect(errors).toHaveLength(1);
  expect(await queue.run(work(clock, [], "a", 1))).toBe("a");
});

test("HB-19, FA-109: a clock that is set back makes a turn neither longer nor shorter", async () => {
  const clock = createFakeClock();
  const queue = createStepQueue(clock, fail);
  let steps = 0;
  const done = queue.run(
    (function* (): Steps {
      clock.setBack(3_600_000);
      for (; steps < 12; steps++) {
        clock.advance(1);
        yield;
      }
    })(),
  );
  expect(steps).toBe(7);
  await done;
  expect(steps).toBe(12);
});
