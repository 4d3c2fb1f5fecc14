import { expect, test } from "vitest";
import type { Clock } from "@/lib/clock";
import type { PointId } from "@/lib/ids";
import type { Snapshot } from "@/lib/protocol";
import { createSeriesBuffers } from "./seriesBuffer";
import type { LiveSocket } from "./socket";
import { createLiveStore } from "./store";

const id = (text: string) => text as PointId;

function manualTimers(): Clock & { advance(ms: number): void; setBack(ms: number): void } {
  let now = 0;
  let epoch = 1_000_000;
  const due = new Set<{ at: number; every: number | undefined; run(): void }>();
  const add = (ms: number, every: number | undefined, run: () => void) => {
    const timer = { at: now + ms, every, run };
    due.add(timer);
    return () => void due.delete(timer);
  };
  return {
    now: () => epoch + now,
    monotonic: () => now,
    setBack(ms) {
      epoch -= ms;
    },
    after: (ms, run) => add(ms, undefined, run),
    every: (ms, run) => add(ms, ms, run),
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = [...due].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = next.at;
        if (next.every === undefined) due.delete(next);
        else next.at += next.every;
        next.run();
      }
      now = end;
    },
  };
}

test("UI-35, FA-109: readings are gathered while somebody looks and for 30 s after, then no more, whatever the clock is set to", () => {
  const timers = manualTimers();
  const points = ["a", "b"].map((each) => ({ id: each, registration: each, name: each, operable: false }));
  const store = createLiveStore({
    room: "r",
    epoch: "e",
    rev: 0,
    now: 0,
    points,
    values: [],
    commands: [],
    brokers: [],
  } as unknown as Snapshot);
  const asked: string[][] = [];
  const socket = {
    connected: true,
    on: () => socket,
    off: () => socket,
    timeout: () => ({ emit: (_: string, { points }: { points: string[] }) => void asked.push(points) }),
  };
  const series = createSeriesBuffers(socket as unknown as LiveSocket, store, timers);
  let rev = 0;
  const reading = (value: number): void => {
    const prev = rev++;
    store.applyFrame({
      room: "r",
      epoch: "e",
      prev,
      rev,
      now: 0,
      values: [
        [0, value, 1000 + rev, { freshness: "live", since: 1 }],
        [1, value, 1000 + rev],
      ],
    });
  };
  const end = series.subscribe(id("a"), () => undefined);
  timers.advance(60);
  expect(asked).toEqual([["a"]]);
  reading(1);
  end();
  timers.advance(20_000);
  reading(2);
  timers.advance(1000);
  expect(series.get(id("a")).value).toEqual([1, 2]);
  expect(series.get(id("b")).value).toEqual([]);
  series.subscribe(id("a"), () => undefined)();
  timers.setBack(3_600_000);
  timers.advance(29_000);
  expect(series.get(id("a")).value).toEqual([1, 2]);
  timers.advance(2000);
  reading(3);
  timers.advance(1000);
  expect(series.get(id("a")).value).toEqual([]);
  series.subscribe(id("a"), () => undefined);
  timers.advance(60);
  expect(asked).toEqual([["a"], ["a"]]);
});
