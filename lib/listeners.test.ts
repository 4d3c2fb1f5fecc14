import { expect, test } from "vitest";
import { createListeners } from "./listeners";

test("listeners are called in the order in which they were added, until they are taken away", () => {
  const listeners = createListeners<[n: number]>();
  const seen: string[] = [];
  const end = listeners.add((n) => seen.push(`a${n}`));
  listeners.add((n) => seen.push(`b${n}`));
  listeners.tell(1);
  end();
  listeners.tell(2);
  expect(seen).toEqual(["a1", "b1", "b2"]);
});

test("what a listener throws goes to onError, and the others are called; without onError the teller gets it", () => {
  const failures: unknown[] = [];
  const guarded = createListeners<[]>((error) => failures.push(error));
  const bare = createListeners<[]>();
  const fault = new Error("broken");
  const fail = () => {
    throw fault;
  };
  let called = 0;
  guarded.add(fail);
  guarded.add(() => called++);
  bare.add(fail);
  guarded.tell();
  expect(failures).toEqual([fault]);
  expect(called).toBe(1);
  expect(() => bare.tell()).toThrow(fault);
});
