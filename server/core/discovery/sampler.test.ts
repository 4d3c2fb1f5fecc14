import { expect, test } from "vitest";
import type { BrokerId } from "../../../lib/ids";
import { asWording } from "../../../lib/texts/said";
import type { ExploreEvents } from "../../ports";
import { createStepQueue } from "../../stepQueue";
import { connectedState, fakeBrokers } from "../../testing/fakeBrokers";
import { createFakeClock } from "../../testing/fakeClock";
import { createRecentMessages } from "../messages/recentMessages";
import { createFinder, type Finder } from "./finder";
import { createSampler } from "./sampler";

const MAIN = "main" as BrokerId;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const MINUTE = 60_000;

function testBed() {
  const clock = createFakeClock();
  const recent = createRecentMessages();
  const finders = new Map<BrokerId, Finder>([[MAIN, createFinder(MAIN, recent.of(MAIN))]]);
  const listening = new Set<ExploreEvents>();
  const begun: string[] = [];
  const brokers = {
    ...fakeBrokers(),
    explore(_: BrokerId, filters: readonly string[], on: ExploreEvents) {
      begun.push(...filters);
      listening.add(on);
      return () => void listening.delete(on);
    },
  };
  let changes = 0;
  const steps = createStepQueue(clock, (error) => {
    throw error;
  });
  const sampler = createSampler({ clock, log: silent, brokers, steps, finders, onChange: () => changes++ });
  function connect(connected: boolean): void {
    brokers.states = () => (connected ? [connectedState()] : []);
    sampler.look();
  }
  return {
    clock,
    recent,
    finders,
    begun,
    listening,
    sampler,
    changes: () => changes,
    connect,
    connectAndStand() {
      connect(true);
      clock.advance(3000);
    },
    pass(ms: number) {
      clock.advance(ms);
      sampler.look();
    },
    say(topic: string, payload: string) {
      for (const on of listening)
        on.message({ broker: MAIN, topic, payload: Buffer.from(payload), retained: false, receivedAt: clock.now() });
    },
  };
}

test("DV-108: a broker is sampled for 30 s when it has stood for 3 s, and each hour", () => {
  const bed = testBed();
  bed.sampler.look();
  expect(bed.begun).toEqual([]);
  bed.connectAndStand();
  expect([bed.begun, bed.listening.size]).toEqual([["#"], 1]);
  bed.pass(29_000);
  expect(bed.listening.size).toBe(1);
  bed.pass(1000);
  expect(bed.listening.size).toBe(0);
  bed.pass(59 * MINUTE);
  expect(bed.begun).toHaveLength(1);
  bed.pass(MINUTE);
  expect([bed.begun.length, bed.listening.size]).toEqual([2, 1]);
  bed.pass(MINUTE);

  // A connection that comes back is sampled again, but not each time when it comes and goes.
  for (let i = 0; i < 5; i++) {
    bed.connect(false);
    bed.connect(true);
    bed.pass(3000);
  }
  expect(bed.begun).toHaveLength(2);
  bed.pass(10 * MINUTE);
  expect(bed.begun).toHaveLength(3);

  // Discovery is switched off meanwhile.
  bed.finders.clear();
  bed.sampler.look();
  expect(bed.listening.size).toBe(0);
});

test("DV-108, FA-1: a broker that flaps is not sampled before a connection has stood for 3 s", () => {
  const bed = testBed();
  for (let i = 0; i < 20; i++) {
    bed.connect(true);
    bed.pass(2000);
    bed.connect(false);
    bed.pass(2000);
  }
  expect(bed.begun).toEqual([]);
  bed.connect(true);
  bed.clock.advance(2999);
  expect(bed.begun).toEqual([]);
  // Nothing else changes, and nobody looks: it begins by itself.
  bed.clock.advance(1);
  expect(bed.begun).toEqual(["#"]);
  bed.connect(false);
  bed.sampler.stop();
  expect(bed.listening.size).toBe(0);
});

test("DV-108: what a sample recognises is subscribed to, and its messages are known", () => {
  const bed = testBed();
  bed.connectAndStand();
  bed.say("roof/114181012233/0/power", "12.5");
  bed.say("hall/temperature", "21");
  expect(bed.changes()).toBe(0);
  bed.say("roof/dtu/status", "online");
  expect(bed.changes()).toBe(1);
  const finder = bed.finders.get(MAIN) as Finder;
  const review = finder.review(() => false);
  while (!review.next().done);
  expect([...finder.filters()]).toContain("roof/#");
  expect(
    bed.recent.last(MAIN, "roof/114181012233/0/power").map(({ payload }) => Buffer.from(payload).toString()),
  ).toEqual(["12.5"]);
  expect(bed.recent.last(MAIN, "hall/temperature")).toEqual([]);
});

test("DV-108: a sample ends when it has heard as much as it may, or the broker refuses it", () => {
  const bed = testBed();
  bed.connectAndStand();
  for (let i = 0; i < 20_000; i++) bed.say(`loud/${i}`, "1");
  expect(bed.listening.size).toBe(0);
  bed.pass(60 * MINUTE);
  expect(bed.listening.size).toBe(1);
  for (const on of bed.listening) on.end(asWording("not allowed"));
  expect(bed.listening.size).toBe(0);
  bed.pass(59 * MINUTE);
  expect(bed.begun).toHaveLength(2);
  // What is subscribed to anyway does not count.
  bed.pass(MINUTE);
  for (let i = 0; i < 30_000; i++) bed.say(`tele/plug${i % 10}/LWT`, "Online");
  expect(bed.listening.size).toBe(1);
});
