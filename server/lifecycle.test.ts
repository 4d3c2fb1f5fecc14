import { expect, test } from "vitest";
import { createLifecycle, type Startable } from "./lifecycle";

const errors: string[] = [];
const log = { debug() {}, info() {}, warn() {}, error: (_: object, message: string) => void errors.push(message) };

test("parts start one after the other and stop in the reverse order, with what was opened between them", async () => {
  const seen: string[] = [];
  const part = (name: string): Startable => ({
    start: async () => {
      await Promise.resolve();
      seen.push(`start ${name}`);
    },
    stop: () => seen.push(`stop ${name}`),
  });
  const run = createLifecycle(log);
  await run.start(part("a"));
  expect(run.opened("file", (name) => seen.push(`close ${name}`))).toBe("file");
  await run.start(part("b"));
  await run.stop();
  await run.stop();
  expect(seen).toEqual(["start a", "start b", "stop b", "close file", "stop a"]);
});

test("a start that fails rejects, and a stop after it ends what had begun; one that fails to stop does not keep the others", async () => {
  const seen: string[] = [];
  const run = createLifecycle(log);
  await run.start({ stop: () => seen.push("stop first") });
  await run.start({
    stop: () => {
      throw new Error("stuck");
    },
  });
  const half = { start: () => Promise.reject(new Error("no disk")), stop: () => seen.push("stop half-started") };
  await expect(run.start(half)).rejects.toThrow("no disk");
  await run.stop();
  expect(seen).toEqual(["stop half-started", "stop first"]);
  expect(errors).toEqual(["a part did not stop cleanly"]);
});
