import fc from "fast-check";
import { expect, test } from "vitest";
import { finish } from "../../../lib/steps";
import type { HeardMessage, HeardPast } from "./ring";
import { heardSince, takingOver } from "./takeOver";

const takeOver = (...given: Parameters<typeof takingOver>) => finish(takingOver(...given));
const hash = (payload: Uint8Array): string => Buffer.from(payload).toString();
const heard = (topic: string, text: string, receivedAt: number): HeardMessage => ({
  topic,
  payload: Buffer.from(text),
  receivedAt,
});
const pastOf = (messages: HeardMessage[], from = 0, to = 100_000): HeardPast => ({
  at: to,
  messages,
  covered: [{ from, to }],
  fullUntil: undefined,
  held: false,
  count: messages.length,
});
const shown = (messages: readonly HeardMessage[]) =>
  messages.map((m) => `${m.topic} ${hash(m.payload)} ${m.receivedAt}`);

test("CL-14: what lies behind the last stored message of each topic is stored, with its time and in its order", () => {
  const past = pastOf([
    heard("a", "1", 10),
    heard("b", "1", 11),
    heard("a", "2", 20),
    heard("b", "2", 21),
    heard("a", "3", 30),
  ]);
  const marks = [
    { topic: "a", hash: "1", at: 10 },
    { topic: "b", hash: "2", at: 21 },
  ];
  expect(shown(takeOver({ marks, until: 21 }, past, hash).messages)).toEqual(["a 2 20", "a 3 30"]);
});

test("CL-14: a topic that was never stored is stored from the last flush on", () => {
  const past = pastOf([heard("new", "1", 10), heard("new", "2", 40)]);
  expect(shown(takeOver({ marks: [], until: 21 }, past, hash).messages)).toEqual(["new 2 40"]);
  expect(takeOver({ marks: [], until: undefined }, past, hash).messages).toHaveLength(2);
});

test("CL-61: what came while the recorder's connection was silent, and not yet known to be lost, is stored", () => {
  const stored = { marks: [{ topic: "a", hash: "1", at: 10_000 }], until: 30_000 };
  const messages = [
    heard("a", "1", 10_000),
    heard("a", "2", 11_000),
    heard("new", "1", 12_000),
    heard("a", "3", 31_000),
  ];
  expect(heardSince(stored, 31_000)).toBeLessThanOrEqual(10_000);
  expect(shown(takeOver(stored, pastOf(messages), hash).messages)).toEqual(["a 2 11000", "new 1 12000", "a 3 31000"]);
});

test("CL-14: where the standby missed the last stored message, what is later by time is stored", () => {
  const past = pastOf([heard("a", "5", 5), heard("a", "9", 30)]);
  expect(shown(takeOver({ marks: [{ topic: "a", hash: "7", at: 10 }], until: 10 }, past, hash).messages)).toEqual([
    "a 9 30",
  ]);
});

test("CL-15: of equal payloads the one is meant that is nearest in time, once the clocks' difference is known", () => {
  const ahead = 400;
  const unique = ["u1", "u2", "u3"].map((topic, i) => heard(topic, `only ${i}`, 1000 + i + ahead));
  const equal = [900, 1100, 1300, 1500].map((at) => heard("a", "ON", at + ahead));
  const past = pastOf([...unique, ...equal].sort((a, b) => a.receivedAt - b.receivedAt));
  const marks = [
    ...["u1", "u2", "u3"].map((topic, i) => ({ topic, hash: `only ${i}`, at: 1000 + i })),
    { topic: "a", hash: "ON", at: 1100 },
  ];
  const { messages, offset } = takeOver({ marks, until: 1100 }, past, hash);
  expect(offset).toBe(ahead);
  expect(shown(messages)).toEqual(["a ON 1700", "a ON 1900"]);
});

test("CL-15: an equal payload at another time is another message", () => {
  const past = pastOf([heard("a", "ON", 20_000)]);
  const marks = [
    { topic: "a", hash: "ON", at: 1000 },
    { topic: "u", hash: "1", at: 1000 },
    { topic: "v", hash: "1", at: 1001 },
  ];
  const with_ = { ...past, messages: [heard("u", "1", 1000), heard("v", "1", 1001), ...past.messages] };
  expect(shown(takeOver({ marks, until: 1001 }, with_, hash).messages)).toEqual(["a ON 20000"]);
});

test("CL-15: a clock that is behind puts no reading before the last stored one of its topic", () => {
  const past = pastOf([heard("a", "1", 600), heard("a", "2", 700), heard("a", "3", 1200)]);
  const { messages, offset } = takeOver({ marks: [{ topic: "a", hash: "1", at: 1000 }], until: 1000 }, past, hash);
  expect(offset).toBe(-400);
  expect(shown(messages)).toEqual(["a 2 1000", "a 3 1200"]);
});

test("CL-21: what nobody heard between the last flush and the take-over is a gap with its reason", () => {
  const stored = { marks: [], until: 1000 };
  const none = { at: 5000, messages: [], covered: [], fullUntil: undefined, held: false, count: 0 };
  expect(takeOver(stored, pastOf([], 500, 4000), hash).unheard).toEqual([]);
  expect(takeOver(stored, pastOf([], 3000, 4000), hash).unheard).toEqual([
    { from: 1000, to: 3000, why: "no-recorder" },
  ]);
  expect(takeOver(stored, none, hash).unheard).toEqual([{ from: 1000, to: 5000, why: "no-recorder" }]);
  const broken = {
    at: 4000,
    messages: [],
    covered: [
      { from: 0, to: 1500 },
      { from: 2000, to: 4000 },
    ],
    fullUntil: undefined,
    held: false,
    count: 0,
  };
  expect(takeOver(stored, broken, hash).unheard).toEqual([{ from: 1500, to: 2000, why: "no-recorder" }]);
});

test("CL-21: what did not fit into the ring is a gap of its own reason", () => {
  const past = { at: 4000, messages: [], covered: [{ from: 3000, to: 4000 }], fullUntil: 3000, held: false, count: 0 };
  expect(takeOver({ marks: [], until: 1000 }, past, hash).unheard).toEqual([
    { from: 1000, to: 3000, why: "ring-full" },
  ]);
});

test("CL-59: where nothing could be stored until there was no room, the database is the reason", () => {
  const past = { ...pastOf([], 3000, 4000), fullUntil: 3000, held: true };
  const { unheard } = takeOver({ marks: [], until: 1000 }, past, hash);
  expect(unheard).toEqual([{ from: 1000, to: 3000, why: "database-lost" }]);
});

test("CL-60: a take-over of a hundred thousand messages is many short steps", () => {
  const messages = Array.from({ length: 100_000 }, (_, i) => heard(`t${i % 10_000}`, `${i}`, i));
  const marks = Array.from({ length: 10_000 }, (_, i) => ({ topic: `t${i}`, hash: `${i}`, at: i }));
  let steps = 0;
  const taking = takingOver({ marks, until: 10_000 }, pastOf(messages), hash);
  for (let step = taking.next(); ; step = taking.next()) {
    steps++;
    if (!step.done) continue;
    expect(step.value.messages).toHaveLength(90_000);
    break;
  }
  expect(steps).toBeGreaterThan(900);
});

test("CL-21: a first recorder has no gap behind it", () => {
  expect(takeOver({ marks: [], until: undefined }, pastOf([], 3000, 4000), hash).unheard).toEqual([]);
});

test("CL-14: stored before and stored by the take-over are together every message once, whatever the clocks' difference", () => {
  const stream = fc.array(fc.record({ topic: fc.nat(4), text: fc.nat(6), pause: fc.integer({ min: 20, max: 200 }) }), {
    minLength: 10,
    maxLength: 80,
  });
  fc.assert(
    fc.property(stream, fc.integer({ min: -3000, max: 3000 }), fc.nat(100), (events, ahead, cut) => {
      let at = 1_000_000;
      // Unique payloads, one of each topic at the end of what was stored, tell the clocks' difference.
      const sent = events.map(({ topic, text, pause }) => {
        at += pause;
        return { topic: `t${topic}`, text: `${text}`, at };
      });
      const flushed = 1 + Math.floor((cut / 101) * (sent.length - 1));
      const anchors = [0, 1, 2, 3, 4].map((i) => ({
        topic: `anchor${i}`,
        text: `only ${i}`,
        at: (sent[flushed - 1]?.at ?? 0) + 1,
      }));
      const all = [...sent.slice(0, flushed), ...anchors, ...sent.slice(flushed)];
      const stored = all.slice(0, flushed + anchors.length);
      const marks = [...new Map(stored.map((m) => [m.topic, { topic: m.topic, hash: m.text, at: m.at }])).values()];
      const past = pastOf(
        all.map((m) => heard(m.topic, m.text, m.at + ahead)),
        0,
        2_000_000,
      );
      // A topic of which one payload only was ever heard is matched by time alone: the difference decides.
      const { messages, offset } = takeOver({ marks, until: stored.at(-1)?.at }, past, hash);
      fc.pre(offset === ahead);
      expect(messages.map((m) => [m.topic, hash(m.payload)])).toEqual(
        all.slice(stored.length).map((m) => [m.topic, m.text]),
      );
    }),
  );
});
