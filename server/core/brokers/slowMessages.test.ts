import { expect, test } from "vitest";
import type { BrokerId } from "../../../lib/ids";
import type { Brokers, InboundMessage } from "../../ports";
import { watchSlowMessages } from "./slowMessages";

const message = (topic: string): InboundMessage => ({
  broker: "main" as BrokerId,
  topic,
  payload: new Uint8Array(3),
  receivedAt: 0,
  retained: false,
});

test("HB-14: a message that takes more than 50 ms is counted and logged by its topic, one line each ten seconds", () => {
  let now = 0;
  let takes = 0;
  let hear: ((message: InboundMessage) => void) | undefined;
  const lines: object[] = [];
  const base = {
    onMessage(listener: (message: InboundMessage) => void) {
      hear = listener;
      return () => {};
    },
  } as unknown as Brokers;
  const log = { debug() {}, info() {}, warn: (fields: object) => void lines.push(fields), error() {} };
  const watch = watchSlowMessages(base, { log, elapsed: () => now });
  const heard: string[] = [];
  watch.brokers.onMessage(({ topic }) => {
    heard.push(topic);
    now += takes;
  });

  hear?.(message("quick"));
  takes = 80;
  hear?.(message("slow/1"));
  takes = 60;
  hear?.(message("slow/2"));
  now += 10_000;
  hear?.(message("slow/3"));

  expect(heard).toEqual(["quick", "slow/1", "slow/2", "slow/3"]);
  expect(watch.counters()).toEqual({ slow: 3, slowestMs: 80 });
  expect(lines).toEqual([
    { broker: "main", topic: "slow/1", bytes: 3, ms: 80 },
    { broker: "main", topic: "slow/3", bytes: 3, ms: 60, unlogged: 1 },
  ]);
});
