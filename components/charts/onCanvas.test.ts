import { expect, test } from "vitest";
import { createOnCanvas } from "./onCanvas";
import { feedState, lineOf, rawOf } from "./testing";

const VIEW = { from: 0, to: 10_000 };
const NOBODY = new Map();
const A = rawOf([1000, 2000]);

test("a picture stays on the canvas while it serves, and is made anew for other data and after a while", () => {
  const canvas = createOnCanvas([lineOf("a", "number")], false);
  expect(canvas.picture).toBeUndefined();
  const state = feedState({ a: A });
  expect(canvas.refresh(state, NOBODY, VIEW, 10_000)).toEqual([
    [1000, 2000],
    [undefined, undefined],
    [undefined, undefined],
    [1000, 2000],
  ]);
  const first = canvas.picture;
  // A hand on the chart moves what is seen, and makes no other picture.
  expect(canvas.refresh(state, NOBODY, { from: -5000, to: 5000 }, 10_900)).toBeUndefined();
  expect(canvas.picture).toBe(first);
  expect(canvas.refresh(state, NOBODY, VIEW, 10_901)).toBeDefined();
  const second = canvas.picture;
  expect(second).not.toBe(first);
  expect(canvas.refresh(feedState({ a: rawOf([3000]) }), NOBODY, VIEW, 10_902)?.[0]).toEqual([3000]);
});

test("FA-109: a picture is made anew as soon as ever where the server's clock was set back", () => {
  const canvas = createOnCanvas([lineOf("a", "number")], false);
  const state = feedState({ a: A });
  canvas.refresh(state, NOBODY, VIEW, 10_000_000);
  expect(canvas.refresh(state, NOBODY, VIEW, 6_400_000)).toBeDefined();
});

test("a picture is drawn wider than what is seen, by its width on either side", () => {
  const canvas = createOnCanvas([lineOf("door", "state")], false);
  canvas.refresh(feedState({ door: rawOf([-20_000, -9000], [true, false]) }), NOBODY, VIEW, 10_000);
  expect(canvas.picture?.lanes[0]?.[0]).toEqual({ from: -10_000, to: -9000, value: true });
});

test("there are as many columns as the chart has series, whatever comparison the answer is for", () => {
  const lines = [lineOf("a", "number"), lineOf("b", "number")];
  const plain = feedState({ a: A, b: A });
  const shown = { before: { from: 0, to: 1, shifts: [] } } as never;
  const compared = feedState({ a: A, b: A }, { shown });
  for (const state of [plain, compared]) {
    expect(createOnCanvas(lines, false).refresh(state, NOBODY, VIEW, 0)).toHaveLength(1 + 6);
    const data = createOnCanvas(lines, true).refresh(state, NOBODY, VIEW, 0);
    expect(data).toHaveLength(1 + 8);
    expect(data?.every((column) => column.length === data[0].length)).toBe(true);
  }
});
