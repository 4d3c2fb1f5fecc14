import { expect, test } from "vitest";
import type { PointId } from "@/lib/ids";
import { createPointMap } from "./pointMap";
import type { PointView } from "./store";

const id = (n: number) => `p${n}` as PointId;
const view = (value: number) => ({ value }) as unknown as PointView;

test("UI-34: a version of the points is never changed by the next one, and each has what a plain map would have", () => {
  const plain = new Map(Array.from({ length: 120 }, (_, n) => [id(n), view(n)]));
  let map = createPointMap(new Map(plain));
  const first = map;
  for (let round = 0; round < 60; round++) {
    const changes = new Map(
      Array.from({ length: 1 + (round % 7) }, (_, k) => [id((round * 31 + k) % 125), view(round * 1000 + k)]),
    );
    const before = [...map];
    const next = map.with(changes);
    expect([...map]).toEqual(before);
    for (const [key, point] of changes) if (plain.has(key)) plain.set(key, point);
    map = next;
    expect(new Map(map)).toEqual(plain);
    for (const [key, point] of plain) expect(map.get(key)).toBe(point);
  }
  expect(first.get(id(3))).toEqual({ value: 3 });
  expect([map.size, map.has(id(123)), map.get(id(123))]).toEqual([120, false, undefined]);
  expect([...map.values()]).toEqual([...plain.values()]);
  expect([...map.keys()]).toEqual([...plain.keys()]);
});
