import { expect, test } from "vitest";
import { createFakeClock } from "../testing/fakeClock";
import type { ConnectedPage } from "./connectedPage";
import { createDispatch } from "./dispatch";

test("FA-109: few bad events in a long time are few also where the clock was set back between them", () => {
  const clock = createFakeClock();
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const dispatch = createDispatch({}, {}, { clock, log, people: { recheck: async (given) => given.access } });
  const told: unknown[] = [];
  let say: (event: string) => void = () => undefined;
  const socket = {
    onAny: (listener: (event: string) => void) => {
      say = listener;
    },
    emit: (...args: unknown[]) => void told.push(args),
    disconnect: () => undefined,
  };
  dispatch.attach({ socket } as unknown as ConnectedPage);
  const bad = (times: number, everyMs: number) => {
    for (let i = 0; i < times; i++) {
      say("nonsense");
      clock.advance(everyMs);
    }
  };
  bad(99, 1000);
  clock.setBack(3_600_000);
  bad(1, 1000);
  expect(told).toEqual([]);
  bad(100, 40);
  expect(told[0]).toMatchObject(["goodbye", { code: "too-many-errors" }]);
});
