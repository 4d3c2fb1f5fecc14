import { expect, test } from "vitest";
import type { BrokerId } from "../../../lib/ids";
import type { CommandPublish } from "../../ports";
import { createFakeClock } from "../../testing/fakeClock";
import type { Finder } from "./finder";
import { createOwnMessages } from "./ownMessages";

const MAIN = "main" as BrokerId;

test("FA-109: a device that falls silent unless it is asked is asked in time also where the clock was set back", () => {
  const clock = createFakeClock();
  const sent: CommandPublish[] = [];
  const asks = [{ topic: "R/c0ffee/keepalive", payload: "", everyMs: 30_000 }];
  const finder = { broker: MAIN, discovery: { keepAlives: () => asks } } as unknown as Finder;
  const own = createOwnMessages({
    clock,
    brokers: {
      connected: () => true,
      publish: async (message) => {
        sent.push(message);
        return { outcome: "acked" };
      },
    },
    finders: new Map([[MAIN, finder]]),
    acts: () => true,
  });
  own.keepAlive();
  clock.setBack(3_600_000);
  clock.advance(29_000);
  own.keepAlive();
  expect(sent).toHaveLength(1);
  clock.advance(1000);
  own.keepAlive();
  expect(sent).toHaveLength(2);
});
