import { describe, expect, test } from "vitest";
import type { PointId } from "../../lib/ids";
import { changesSince, createRoomFrames, nextTick } from "./frames";
import { createLastValues, type LastValue } from "./lastValues";

const id = (text: string) => text as PointId;
const info = (name: string) =>
  ({ id: name, registration: "r", origin: "store", broker: "main", name }) as LastValue["info"];

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
    expect(frames.flush(values.rev)).toEqual({
      room: "room",
      epoch: "epoch",
      prev: 3,
      rev: 6,
      values: [[0, 2, 2, live]],
    });
    expect(frames.flush(values.rev)).toBeUndefined();
    values.apply(id("a"), { reading: { value: 3, at: 3 } });
    frames.add(id("a"), "value");
    expect(frames.flush(values.rev)).toMatchObject({ prev: 6, rev: 7, values: [[0, 3, 3]] });
  });

  test("FR-11: what someone lacks always tells the status", () => {
    const values = state("a", "b");
    values.apply(id("a"), { reading: { value: 1, at: 1 } });
    expect(changesSince([id("b"), id("a")], values.get, 2).values).toEqual([
      [1, 1, 1, { freshness: "unknown", since: 0 }],
    ]);
    expect(changesSince([id("b"), id("a")], values.get, -1).values).toHaveLength(2);
  });

  test("FR-6: 33 ms while readings keep coming, less while they are sparse, more under strain, never more than 250", () => {
    const easy = { lateMs: 0, entries: 40, sockets: 3, backedUp: false };
    expect(nextTick(33, easy)).toBe(33);
    const settle = (load: typeof easy) => Array.from({ length: 20 }).reduce<number>((tick) => nextTick(tick, load), 33);
    expect(settle({ ...easy, entries: 1 })).toBe(8);
    expect(settle({ ...easy, entries: 1, sockets: 50 })).toBe(33);
    expect(settle({ ...easy, sockets: 200 })).toBe(123);
    expect(settle({ ...easy, sockets: 5000 })).toBe(250);
    expect(settle({ ...easy, entries: 100 })).toBe(33);
    expect(settle({ ...easy, entries: 500 })).toBe(65);
    expect(settle({ ...easy, entries: 5000 })).toBe(250);
    expect(settle({ ...easy, lateMs: 50 })).toBe(250);
    expect(settle({ ...easy, backedUp: true })).toBe(250);
    expect(nextTick(250, easy)).toBeLessThan(250);
  });

  test.each([
    [100, 8],
    [400, 33],
  ])(
    "FR-6: a steady %i entries a second to one page settle at a tick of %i ms, from wherever it was",
    (rate, settled) => {
      for (const start of [8, 33, 250]) {
        let tick = start;
        for (let i = 0; i < 40; i++)
          tick = nextTick(tick, { lateMs: 0, entries: Math.ceil((tick * rate) / 1000), sockets: 1, backedUp: false });
        expect(tick).toBe(settled);
      }
    },
  );
});
