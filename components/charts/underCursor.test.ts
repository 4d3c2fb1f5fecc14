import { describe, expect, test } from "vitest";
import type { Line } from "./lines";
import { createOnCanvas } from "./onCanvas";
import { feedState, lineOf, rawOf } from "./testing";
import { underCursor } from "./underCursor";

const NOW = 100_000;
const MIN = 60_000;

/** What is drawn of these lines, and a cursor over it that finds the nearest reading as uPlot does. */
function drawn(lines: readonly Line[], state: ReturnType<typeof feedState>) {
  const canvas = createOnCanvas(lines, state.shown?.before !== undefined);
  const data = canvas.refresh(state, new Map(), { from: 0, to: NOW }, NOW);
  const { picture } = canvas;
  if (!data || !picture) throw new Error("nothing is drawn");
  const [times, ...columns] = data;
  const nearest = (there: number, has: (i: number) => boolean = () => true) => {
    const places = times.map((_, i) => i).filter(has);
    return places.sort((a, b) => Math.abs((times[a] ?? 0) - there) - Math.abs((times[b] ?? 0) - there))[0] ?? null;
  };
  return (there: number, reach: number) =>
    underCursor(
      { lines, picture, data, columns: state.columns, now: NOW },
      {
        there,
        reach,
        idx: nearest(there),
        idxs: [nearest(there), ...columns.map((column) => nearest(there, (i) => column[i] !== undefined))],
      },
    );
}

describe("of a number", () => {
  const steady = rawOf([10_000, 20_000, 30_000, 40_000, 50_000], [1, 2, 3, 4, 5]);

  test("CH-9: on a reading where one is near, else where the hand is, with nothing that was not reported", () => {
    const at = drawn([lineOf("a", "number")], feedState({ a: steady }));
    expect(at(20_400, 500)).toMatchObject({ at: 20_000, under: [{ value: 2 }], said: false });
    // In a silence that is longer than its pace allows nothing is known.
    const seconds = Array.from({ length: 30 }, (_, i) => 1000 * (i + 1));
    const gap = drawn([lineOf("a", "number")], feedState({ a: rawOf([...seconds, 90_000]) }));
    expect(gap(88_000, 2500)).toMatchObject({ at: 90_000, under: [{ value: 90_000 }] });
    expect(gap(70_000, 100)).toMatchObject({ at: 70_000, under: [{ value: undefined }] });
  });

  test("CH-9: of a point that speaks on change the value holds until the next, and not beyond now", () => {
    const rare = rawOf([10_000, 70_000], [21, 25]);
    const at = drawn([lineOf("a", "number")], feedState({ a: rare }));
    expect(at(40_000, 100)).toMatchObject({ at: 40_000, under: [{ value: 21 }] });
    expect(at(NOW + 10_000, 100).under[0]?.value).toBeUndefined();
    expect(at(5000, 100).under[0]?.value).toBeNull();
  });

  test("CH-9: of a bucket also its least and its greatest", () => {
    const buckets = {
      tier: "1m",
      step: MIN,
      t: [0, MIN],
      min: [1, 2],
      max: [9, 8],
      mean: [5, 6],
      count: [60, 60],
      before: null,
    } as const;
    const at = drawn([lineOf("a", "number")], { ...feedState({}), columns: new Map([["a" as never, buckets]]) });
    expect(at(MIN - 100, 500).under).toMatchObject([{ value: 6, min: 2, max: 8 }]);
  });

  test("CH-9: each of several numbers has its own nearest reading", () => {
    const lines = [lineOf("a", "number"), lineOf("b", "number")];
    const at = drawn(
      lines,
      feedState({ a: steady, b: rawOf([10_200, 20_200, 30_200, 40_200, 50_200], [11, 12, 13, 14, 15]) }),
    );
    expect(at(20_050, 500).under).toMatchObject([{ value: 2 }, { value: 12 }]);
  });

  test("CH-9: with a comparison also what was there in the compared span", () => {
    const shown = { before: { from: -NOW, to: 0, shifts: [{ from: -NOW, by: NOW }] } } as never;
    const state = {
      ...feedState({ a: steady }, { shown }),
      before: new Map([
        [
          "a" as never,
          rawOf(
            steady.t.map((t) => t - NOW),
            [7, 7.5, 8, 8.5, 9],
          ),
        ],
      ]),
    };
    expect(drawn([lineOf("a", "number")], state)(30_000, 500).under).toMatchObject([{ value: 3, past: 8 }]);
  });
});

test("CH-9: a state is the one that held there; beside numbers it is told at their reading", () => {
  const door = rawOf([10_000, 35_000, 60_000], [true, false, true]);
  const alone = drawn([lineOf("door", "state")], feedState({ door }));
  expect(alone(34_000, 5000)).toMatchObject({ at: 34_000, under: [{ value: true }] });
  expect(alone(5000, 100).under).toEqual([{ value: undefined }]);
  const both = drawn(
    [lineOf("door", "state"), lineOf("a", "number")],
    feedState({ door, a: rawOf([10_000, 20_000, 30_000, 40_000, 50_000]) }),
  );
  expect(both(36_000, 5000)).toMatchObject({ at: 40_000, under: [{ value: false }, { value: 40_000 }] });
});
