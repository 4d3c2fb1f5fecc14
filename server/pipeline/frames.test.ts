import { describe, expect, test } from "vitest";
import type { PointId } from "../../lib/ids";
import type { LivePoint } from "../ports";
import { changesSince, createRoomFrames, nextTick, smoothPace } from "./frames";
import { createLastValues } from "./lastValues";

const id = (text: string) => text as PointId;
const info = (name: string) =>
  ({ id: name, registration: "r", origin: "store", broker: "main", name }) as LivePoint["info"];

function state(...names: string[]) {
  const values = createLastValues();
  for (const name of names) values.add(info(name), { freshness: "unknown", since: 0 });
  return values;
}

describe("frames", () => {
  test("FR-1, FR-2, FR-3: the newest of each point, from one revision to the next, the status only where it changed", () => {
    const values = state("a", "b", "c");
    const frames = createRoomFrames("room", "epoch", [id("a"), id("c")], values.rev, values.get);
    const live = { freshness: "live" as const, since: 1 };
    values.apply(id("a"), { reading: { value: 1, at: 1 }, status: live });
    frames.add(id("a"), "value");
    values.apply(id("a"), { reading: { value: 2, at: 2 } });
    frames.add(id("a"), "value");
    values.apply(id("b"), { reading: { value: 9, at: 2 } });
    expect(frames.add(id("b"), "value")).toBe(false);
    expect(frames.flush(values.rev, 0)).toEqual({
      room: "room",
      epoch: "epoch",
      prev: 3,
      rev: 6,
      now: 0,
      values: [[0, 2, 2, live]],
    });
    expect(frames.flush(values.rev, 0)).toBeUndefined();
    values.apply(id("a"), { reading: { value: 3, at: 3 } });
    frames.add(id("a"), "value");
    expect(frames.flush(values.rev, 0)).toMatchObject({ prev: 6, rev: 7, values: [[0, 3, 3]] });
  });

  test("FR-11: what someone lacks always tells the status", () => {
    const values = state("a", "b");
    values.apply(id("a"), { reading: { value: 1, at: 1 } });
    expect(changesSince([id("b"), id("a")], values.get, 2).values).toEqual([
      [1, 1, 1, { freshness: "unknown", since: 0 }],
    ]);
    expect(changesSince([id("b"), id("a")], values.get, -1).values).toHaveLength(2);
  });

  const easy = { lateMs: 0, utilization: 0.2, entries: 40, sockets: 3, pace: 1, backedUp: false };
  const settle = (load: typeof easy) => Array.from({ length: 20 }).reduce<number>((tick) => nextTick(tick, load), 33);

  test("FR-6, FR-100, FR-101, FR-102: 33 ms while readings keep coming, less while they are sparse, more under strain, never more than 250", () => {
    expect(nextTick(33, easy)).toBe(33);
    expect(settle({ ...easy, pace: 0.1 })).toBe(8);
    expect(settle({ ...easy, pace: 0.1, sockets: 50 })).toBe(33);
    expect(settle({ ...easy, sockets: 200 })).toBe(123);
    expect(settle({ ...easy, sockets: 5000 })).toBe(250);
    expect(settle({ ...easy, entries: 100 })).toBe(33);
    expect(settle({ ...easy, entries: 500 })).toBe(65);
    expect(settle({ ...easy, entries: 5000 })).toBe(250);
    expect(settle({ ...easy, backedUp: true })).toBe(250);
    expect(nextTick(250, easy)).toBeLessThan(250);
  });

  test("FR-80: a late tick slows the frames only where this process was at work meanwhile", () => {
    expect(settle({ ...easy, lateMs: 50, utilization: 0.9 })).toBe(250);
    expect(settle({ ...easy, lateMs: 50, utilization: 0.3 })).toBe(33);
    expect(settle({ ...easy, lateMs: 50, utilization: 0.3, pace: 0.1 })).toBe(8);
  });

  test.each([
    [10, 8],
    [100, 8],
    [400, 33],
  ])(
    "FR-103: %i readings a second at random moments to one page settle at a tick of %i ms, and stay there",
    (rate, settled) => {
      for (const start of [8, 33, 250]) {
        const ticks = drive(start, poisson(rate, 20_000, start));
        const odd = ticks.slice(ticks.findIndex(({ at }) => at > 1500)).filter(({ tick }) => tick !== settled);
        expect(odd.length / ticks.length, `from ${start} ms`).toBeLessThan(0.02);
      }
    },
  );

  test("FR-103: what queued behind a stall of 50 ms does not lengthen the ticks after it", () => {
    const even = Array.from({ length: 1000 }, (_, i) => i * 10);
    const stalled = even.map((at) => (at >= 5000 && at < 5050 ? 5050 : at));
    expect(drive(8, stalled).filter(({ at, tick }) => at > 1500 && tick !== 8)).toEqual([]);
  });
});

/** Moments at which readings come, in ms, at random with a mean rate a second; the same for the same seed. */
function poisson(rate: number, ms: number, seed: number): number[] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / 2 ** 32;
  };
  const moments: number[] = [];
  let at = 0;
  while (at < ms) {
    moments.push(at);
    at -= (Math.log(random()) * 1000) / rate;
  }
  return moments;
}

/** As a room does: the first after a quiet time goes out at once, what comes during a tick with the next. Each tick and its start. */
function drive(start: number, moments: readonly number[]): { at: number; tick: number }[] {
  const ticks: { at: number; tick: number }[] = [];
  let tick = start;
  let pace = 0;
  let flushedAt = 0;
  for (let i = 0; i < moments.length; ) {
    // A flush at the end of the tick where something waits, else when the next reading comes.
    const at = Math.max(moments[i] as number, (ticks.at(-1)?.at ?? 0) + (ticks.at(-1)?.tick ?? 0));
    let entries = 0;
    for (; (moments[i] ?? Number.POSITIVE_INFINITY) <= at; i++) entries++;
    pace = smoothPace(pace, entries, at - flushedAt);
    flushedAt = at;
    ticks.push({ at, tick });
    tick = nextTick(tick, { lateMs: 0, utilization: 0, entries, sockets: 1, pace, backedUp: false });
  }
  return ticks;
}
