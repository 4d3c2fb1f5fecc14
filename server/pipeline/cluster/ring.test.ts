import { expect, test } from "vitest";
import { createStandbyRing } from "./ring";

const message = (topic: string, receivedAt: number, text = "1", retained = false) => ({
  topic,
  payload: Buffer.from(text),
  receivedAt,
  retained,
});
const ringOf = (more: { keepMs?: number; maxBytes?: number } = {}) =>
  createStandbyRing({ keepMs: 30_000, maxBytes: 1_000_000, ...more });
const times = (ring: ReturnType<typeof ringOf>, now: number) => ring.past(now).messages.map((m) => m.receivedAt);

test("CL-11: the standby keeps the last 30 s, with their times, without retained replays", () => {
  const ring = ringOf();
  ring.connected(0);
  ring.add(message("a", 5, "old", true));
  ring.add(message("a", 10));
  ring.add(message("b", 20_000));
  ring.add(message("a", 40_000));
  expect(times(ring, 40_000)).toEqual([20_000, 40_000]);
  expect(ring.past(40_000).covered).toEqual([{ from: 10_000, to: 40_000 }]);
});

test("CL-11: what it keeps is a copy, so that the buffer that the socket read can go", () => {
  const ring = ringOf();
  const payload = Buffer.from("before");
  ring.add({ topic: "a", payload, receivedAt: 1, retained: false });
  payload.fill(0);
  ring.add({ topic: "a", payload: Buffer.from("x".repeat(100_000)), receivedAt: 2, retained: false });
  ring.add({ topic: "a", payload: Buffer.from(""), receivedAt: 3, retained: false });
  ring.add({ topic: "a", payload: Buffer.from("after"), receivedAt: 4, retained: false });
  const texts = ring.past(5).messages.map((kept) => Buffer.from(kept.payload).toString());
  expect(texts).toEqual(["before", "x".repeat(100_000), "", "after"]);
});

test("CL-12: more bytes than the cap push out the oldest, and what they covered is no longer covered", () => {
  const ring = ringOf({ maxBytes: 10_000 });
  ring.connected(0);
  for (let at = 1; at <= 100; at++) ring.add(message("a", at, "x".repeat(500)));
  const { messages, covered, fullUntil } = ring.past(101);
  const first = messages[0]?.receivedAt ?? 0;
  expect(ring.counters().bytes).toBeLessThanOrEqual(10_000);
  expect(ring.counters().leftOut + messages.length).toBe(100);
  expect(fullUntil).toBe(first - 1);
  expect(covered).toEqual([{ from: first - 1, to: 101 }]);
});

test("CL-12: a message that is larger than the cap is left out alone", () => {
  const ring = ringOf({ maxBytes: 1000 });
  ring.add(message("a", 1, "x".repeat(2000)));
  expect(ring.counters()).toEqual({ messages: 0, bytes: 0, leftOut: 1 });
  ring.add(message("a", 2));
  expect(times(ring, 3)).toEqual([2]);
});

test("CL-13: a time without a connection is not covered", () => {
  const ring = ringOf();
  ring.connected(1000);
  ring.disconnected(5000);
  ring.connected(8000);
  expect(ring.past(10_000).covered).toEqual([
    { from: 1000, to: 5000 },
    { from: 8000, to: 10_000 },
  ]);
  ring.disconnected(11_000);
  expect(ring.past(12_000).covered.at(-1)).toEqual({ from: 8000, to: 11_000 });
});

test("CL-12: a ring that runs for long keeps no more places than messages", () => {
  const ring = ringOf({ keepMs: 100 });
  for (let at = 0; at < 50_000; at++) ring.add(message("a", at));
  expect(ring.counters().messages).toBe(101);
  expect(times(ring, 49_999)).toHaveLength(101);
});

test("CL-19: when the clock is set back, what was kept before counts no longer", () => {
  const ring = ringOf();
  ring.connected(0);
  ring.add(message("a", 3_600_000));
  ring.add(message("a", 3_599_990));
  expect(times(ring, 3_600_000)).toEqual([3_600_000, 3_599_990]);
  ring.add(message("a", 1000));
  ring.add(message("a", 2000));
  expect(times(ring, 3000)).toEqual([1000, 2000]);
  expect(ring.past(3000).covered).toEqual([{ from: 1000, to: 3000 }]);
});

test("CL-11: only the messages since a moment are asked for, and what is covered is told of all", () => {
  const ring = ringOf();
  ring.connected(0);
  for (const at of [1000, 2000, 3000]) ring.add(message("a", at));
  const { messages, covered } = ring.past(4000, 2000);
  expect(messages.map(({ receivedAt }) => receivedAt)).toEqual([2000, 3000]);
  expect(covered).toEqual([{ from: 0, to: 4000 }]);
  expect(ring.past(4000, 5000).messages).toEqual([]);
});

test("CL-59: while nobody can store anything it is kept however old it grows, as long as there is room", () => {
  const ring = ringOf();
  ring.connected(0);
  ring.add(message("a", 10_000));
  ring.add(message("a", 30_000));
  ring.hold(50_000);
  ring.add(message("a", 200_000));
  expect(times(ring, 300_000)).toEqual([30_000, 200_000]);
  expect(ring.past(300_000)).toMatchObject({ covered: [{ from: 20_000, to: 300_000 }], held: true });
  ring.release();
  expect(times(ring, 300_000)).toEqual([]);
});

test("CL-60: what was kept behind a look at the past is told apart from it, also when the oldest has gone", () => {
  const ring = ringOf({ maxBytes: 1000 });
  ring.add(message("a", 1));
  ring.add(message("a", 2));
  const past = ring.past(2);
  ring.add(message("a", 3));
  ring.add(message("a", 4));
  expect(ring.after(past).map((m) => m.receivedAt)).toEqual([3, 4]);
  for (let at = 5; at < 50; at++) ring.add(message("a", at));
  expect(ring.after(past)).toEqual(ring.past(50).messages);
});
