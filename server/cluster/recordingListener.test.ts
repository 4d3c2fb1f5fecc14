import { expect, test } from "vitest";
import type { BrokerId } from "../../lib/ids";
import { createStandbyRing } from "../pipeline/cluster/ring";
import { createFakeClock } from "../testing/fakeClock";
import { createRecordingListener, type RecordingFeed } from "./recordingListener";

const MAIN = "main" as BrokerId;

function setup() {
  const clock = createFakeClock(0);
  const said: string[] = [];
  let paused = 0;
  let opened: Parameters<RecordingFeed["open"]>[1] | undefined;
  const listener = createRecordingListener({
    broker: MAIN,
    feed: {
      open(_, on) {
        opened = on;
        return () => {
          opened = undefined;
        };
      },
    },
    ring: createStandbyRing({ keepMs: 30_000, maxBytes: 1_000_000 }),
    clock: { ...clock, monotonic: () => clock.monotonic() + paused },
    on: {
      message: ({ topic }) => said.push(topic),
      lost: (at) => said.push(`lost at ${at}`),
      back: (from, at) => said.push(`back at ${at}, lost from ${from}`),
    },
  });
  const hear = (topic: string) =>
    opened?.message({ broker: MAIN, topic, payload: Buffer.from("1"), retained: false, receivedAt: clock.now() });
  return { clock, listener, said, hear, feed: () => opened, pause: (ms: number) => (paused += ms) };
}

test("CL-13: it is lost from its opening until it is connected, and told each time that it comes back", async () => {
  const { clock, listener, said, feed } = setup();
  listener.open();
  clock.advance(100);
  feed()?.connected();
  clock.advance(1000);
  feed()?.disconnected();
  feed()?.disconnected();
  clock.advance(500);
  feed()?.connected();
  expect(said).toEqual(["back at 100, lost from 0", "lost at 1100", "back at 1600, lost from 1100"]);
  expect(listener.past().covered).toEqual([{ from: 100, to: 1100 }]);
});

test("CL-18: a process that was paused has not heard what came meanwhile, whatever its connection says", () => {
  const { clock, listener, feed, hear, pause } = setup();
  listener.open();
  feed()?.connected();
  clock.advance(5000);
  hear("before");
  pause(20_000);
  clock.advance(500);
  hear("after");
  const { messages, covered } = listener.past();
  expect(messages.map(({ topic }) => topic)).toEqual(["after"]);
  expect(covered).toEqual([]);
  clock.advance(1000);
  expect(listener.past().covered).toEqual([{ from: 5500, to: 6500 }]);
});

test("CL-17: who records no more listens for as long as what was heard can be of use", () => {
  const { clock, listener, feed } = setup();
  listener.open();
  listener.closeLater();
  clock.advance(20_000);
  expect(feed()).toBeDefined();
  listener.open();
  clock.advance(60_000);
  expect(feed()).toBeDefined();
  listener.closeLater();
  clock.advance(30_000);
  expect(feed()).toBeUndefined();
  expect(clock.pending()).toBe(0);
});
