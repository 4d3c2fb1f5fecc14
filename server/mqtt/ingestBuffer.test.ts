import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BrokerId } from "../../lib/ids";
import type { InboundMessage } from "../ports";
import { createFakeClock } from "../testing/fakeClock";
import { createFloodWatch } from "./flood";
import { createIngestBuffer } from "./ingestBuffer";

const TOPICS = 5;

/**
 * An event loop that the test turns, in which each message handed on takes `costMs`, and reading one from the wire a tenth of it. After
 * every 200 the processor is another program's for `stolenMs`.
 */
function testBed(costMs: number, stolenMs = 0) {
  let time = 0;
  let idle = 0;
  let paused: (() => void) | undefined;
  let immediates: (() => void)[] = [];
  let timers: { at: number; run: () => void }[] = [];
  const handed: InboundMessage[] = [];
  /** Messages, and answers to pings among them. */
  const wire: (InboundMessage | (() => void))[] = [];
  const buffer = createIngestBuffer({
    hand(message) {
      time += costMs;
      if (handed.push(message) % 200 === 0) time += stolenMs;
    },
    ping: (answered) => void wire.push(answered),
    now: () => time,
    idle: () => idle,
    soon: (run) => void immediates.push(run),
    later: (run, ms) => void timers.push({ at: time + ms, run }),
  });
  let n = 0;

  /** As MQTT.js does it: the next message when the one before is done with. */
  function read(): void {
    for (let going = true; going && !paused && wire.length > 0; ) {
      const next = wire.shift();
      if (typeof next === "function") next();
      if (typeof next !== "object") continue;
      time += costMs / 10;
      buffer.take(next);
      going = false;
      buffer.pace(() => {
        going = true;
        if (!paused) return;
        paused = undefined;
        read();
      });
      if (!going) paused = read;
    }
  }

  const bed = {
    buffer,
    numbers: () => handed.map(({ receivedAt }) => receivedAt),
    handed,
    say(count: number, more: Partial<InboundMessage> = {}) {
      for (let i = 0; i < count; i++)
        wire.push({
          broker: "main" as BrokerId,
          topic: `t${n % TOPICS}`,
          payload: Buffer.alloc(2),
          retained: false,
          receivedAt: n++,
          ...more,
        });
    },
    /** One round: timers, the wire, immediates; idle until `restMs` later where there is nothing to do. */
    turn(restMs = 0) {
      const due = timers.filter(({ at }) => at <= time);
      timers = timers.filter(({ at }) => at > time);
      for (const { run } of due) run();
      read();
      const now = immediates;
      immediates = [];
      for (const run of now) run();
      if (wire.length > 0 || immediates.length > 0) return;
      time += restMs;
      idle += restMs;
    },
    wire: () => wire.length,
    time: () => time,
    untilQuiet() {
      for (let i = 0; i < 100_000 && (wire.length > 0 || buffer.waiting > 0 || timers.length > 0); i++) bed.turn(5);
    },
  };
  return bed;
}

const ascending = (numbers: readonly number[]) => numbers.every((n, i) => i === 0 || n > (numbers[i - 1] as number));
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

describe("the ingest buffer", () => {
  test("FA-103: with time to spare each message is handed on as it arrives, for ever", () => {
    const h = testBed(0.01);
    for (let i = 0; i < 200; i++) {
      h.say(500);
      h.turn(10);
      expect(h.buffer.waiting).toBe(0);
    }
    h.untilQuiet();
    expect(h.handed).toHaveLength(100_000);
    expect(h.buffer.dropped).toBe(0);
  });

  test("FA-103: a burst that takes less than half a second is handed on whole and in order, with rests", () => {
    const h = testBed(0.1);
    h.say(4000);
    let turns = 0;
    for (; h.wire() > 0; turns++) {
      const from = h.time();
      h.turn();
      // Twice: what came with the round, and what had waited for its end.
      expect(h.time() - from).toBeLessThan(55);
    }
    expect(turns).toBeGreaterThan(6);
    expect(h.numbers()).toEqual(upTo(4000));
    expect(h.buffer.dropped).toBe(0);
  });

  test("FA-7: while it does not end, the wire comes first: the newest of each topic, in its order, and the rest is counted", () => {
    const h = testBed(0.1);
    for (let i = 0; i < 300; i++) {
      h.say(400);
      h.turn();
    }
    // Three times of what can be handled for several seconds, and yet hardly more than half a second is left in the wire.
    expect(h.wire()).toBeLessThan(10_000);
    h.untilQuiet();
    expect(h.buffer.dropped).toBeGreaterThan(50_000);
    expect(h.handed.length + h.buffer.dropped).toBe(300 * 400);
    for (let t = 0; t < TOPICS; t++) {
      const said = h.handed.filter(({ topic }) => topic === `t${t}`).map(({ receivedAt }) => receivedAt);
      expect(ascending(said)).toBe(true);
      expect(said.at(-1)).toBe(300 * 400 - TOPICS + t);
    }
    // And then it is as before.
    const dropped = h.buffer.dropped;
    h.say(2000);
    h.untilQuiet();
    expect(h.buffer.dropped).toBe(dropped);
  });

  test("FA-102: retained messages, echoes and Sparkplug's are not given up for newer ones, and what came before them on a topic comes before", () => {
    const h = testBed(0.1);
    for (let i = 0; i < 100; i++) {
      h.say(300);
      h.say(1, { retained: true, topic: "t1" });
      h.say(1, { echoOf: "x", topic: "t2" });
      h.say(1, { topic: "spBv1.0/g/DDATA/n/d" });
      h.turn();
    }
    h.untilQuiet();
    expect(h.buffer.dropped).toBeGreaterThan(1000);
    const kept = h.handed.filter((m) => m.retained || m.echoOf || m.topic.startsWith("spBv1.0/"));
    expect(kept).toHaveLength(300);
    for (const topic of ["t1", "t2"])
      expect(ascending(h.handed.filter((m) => m.topic === topic).map((m) => m.receivedAt))).toBe(true);
  });

  test("FA-7: more topics than can be handed on have their turns, and none is forgotten", () => {
    const h = testBed(0.1);
    for (let i = 0; i < 60; i++) {
      for (let t = 0; t < 1000; t++) h.say(1, { topic: `many/${t}` });
      h.turn();
    }
    h.untilQuiet();
    const last = new Map(h.handed.map(({ topic, receivedAt }) => [topic, receivedAt]));
    expect([...last.values()].sort((a, b) => a - b)).toEqual(upTo(1000).map((t) => 59_000 + t));
  });

  test("FA-7: an event loop without an idle moment is not behind as long as pings are answered in time", () => {
    const h = testBed(0.1);
    for (let i = 0; i < 300; i++) {
      h.say(300);
      while (h.wire() > 0) h.turn();
    }
    h.untilQuiet();
    expect(h.buffer.dropped).toBe(0);
    expect(h.numbers()).toEqual(upTo(90_000));
  });

  test("FA-8: a machine that is busy with other things is behind all the same, and that is seen", () => {
    const { buffer, say, turn, handed } = testBed(0.05, 90);
    say(20_000);
    for (let i = 0; i < 100; i++) turn();
    expect(buffer.dropped).toBeGreaterThan(0);
    expect(handed.length).toBeLessThan(5_000);
  });

  test("FA-7: when the connection ends, what waits comes before the news of it", () => {
    const h = testBed(0.1);
    while (h.buffer.waiting === 0) {
      h.say(400);
      h.turn();
    }
    h.buffer.flush();
    expect(h.buffer.waiting).toBe(0);
    expect(h.handed.length + h.buffer.dropped + h.wire()).toBeGreaterThan(0);
  });

  test("FA-7, FA-101: however it comes: in order for each topic, the newest is there, all others are counted", () => {
    const burst = fc.record({ count: fc.integer({ min: 1, max: 900 }), rest: fc.constantFrom(0, 0, 0, 0.5, 20) });
    fc.assert(
      fc.property(fc.array(burst, { minLength: 20, maxLength: 200 }), (bursts) => {
        const h = testBed(0.1);
        let said = 0;
        for (const { count, rest } of bursts) {
          h.say(count);
          said += count;
          h.turn(rest);
        }
        h.untilQuiet();
        expect(h.handed.length + h.buffer.dropped).toBe(said);
        for (let t = 0; t < TOPICS; t++) {
          const of = h.handed.filter(({ topic }) => topic === `t${t}`).map(({ receivedAt }) => receivedAt);
          expect(ascending(of)).toBe(true);
          const newest = said - 1 - ((((said - 1 - t) % TOPICS) + TOPICS) % TOPICS);
          if (newest >= 0) expect(of.at(-1)).toBe(newest);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("what is told of a flood", () => {
  test("FA-104: while it lasts, for five minutes after its end, and then no more", () => {
    const clock = createFakeClock(0);
    const watch = createFloodWatch(clock);
    const look = (dropped: number, at: number) => {
      clock.advance(at - clock.now());
      return watch.look(dropped);
    };
    expect(look(0, 1000)).toBeUndefined();
    expect(look(10, 2000)).toEqual({ now: true, since: 2000, lastAt: 2000, dropped: 10 });
    expect(look(30, 3000)).toEqual({ now: true, since: 2000, lastAt: 3000, dropped: 30 });
    expect(look(30, 7999)?.now).toBe(true);
    expect(look(30, 8000)).toEqual({ now: false, since: 2000, lastAt: 3000, dropped: 30 });
    expect(look(30, 302_999)?.dropped).toBe(30);
    expect(look(30, 303_000)).toBeUndefined();
    expect(look(31, 400_000)).toEqual({ now: true, since: 400_000, lastAt: 400_000, dropped: 1 });
  });

  test("FA-109: a clock that is set back makes it neither last longer nor be told longer", () => {
    const clock = createFakeClock();
    const watch = createFloodWatch(clock);
    expect(watch.look(1)?.now).toBe(true);
    clock.setBack(3_600_000);
    clock.advance(5000);
    expect(watch.look(1)?.now).toBe(false);
    clock.advance(300_000);
    expect(watch.look(1)).toBeUndefined();
  });
});
