import { describe, expect, it } from "vitest";
import { moveDrag, placeOfFinger, startDrag, type TouchPhase } from "./touchDrag";

const box = { left: 100, width: 226, thumb: 150 };
const from = (x: number) => startDrag({ x, y: 500 }, box);

describe("a finger on a slider", () => {
  it.each<[string, number, [number, number][], TouchPhase]>([
    ["up", 250, [[0, -40]], "abandoned"],
    ["up from the thumb", 150, [[0, -40]], "abandoned"],
    [
      "up along a thumb's arc",
      250,
      [
        [3, -9],
        [30, -200],
      ],
      "abandoned",
    ],
    [
      "up, then sideways",
      250,
      [
        [0, -9],
        [90, -9],
      ],
      "abandoned",
    ],
    ["as far up as sideways", 250, [[20, -20]], "abandoned"],
    ["a tap", 250, [[2, 1]], "undecided"],
    ["8 px sideways", 250, [[8, 0]], "undecided"],
    ["9 px sideways", 250, [[9, 2]], "sliding"],
    ["4 px sideways from the thumb", 160, [[4, 0]], "sliding"],
    [
      "sideways, then far away",
      250,
      [
        [9, 0],
        [12, -120],
      ],
      "abandoned",
    ],
    [
      "sideways, then a little up",
      250,
      [
        [9, 0],
        [60, -50],
      ],
      "sliding",
    ],
  ])("UI-1: %s", (_what, x, moves, phase) => {
    const drag = moves.reduce((now, [dx, dy]) => moveDrag(now, { x: x + dx, y: 500 + dy }), from(x));
    expect(drag.phase).toBe(phase);
  });

  it("UI-1: nothing brings an abandoned drag back", () => {
    const gone = moveDrag(from(250), { x: 250, y: 480 });
    expect(moveDrag(gone, { x: 350, y: 500 }).phase).toBe("abandoned");
  });
});

describe("placeOfFinger", () => {
  it.each([
    [113, 0],
    [213, 0.5],
    [313, 1],
    [20, 0],
    [900, 1],
  ])("UI-1: a finger at %i px is %d of the way", (x, place) => {
    expect(placeOfFinger(from(250), x)).toBeCloseTo(place);
  });

  it("UI-1: a thumb that is taken by its edge does not jump", () => {
    const drag = from(165);
    expect(placeOfFinger(drag, 165)).toBeCloseTo((150 - 113) / 200);
  });

  it("UI-1: a track without room has one place", () => {
    expect(placeOfFinger({ box: { left: 0, width: 20, thumb: undefined }, grip: 0 }, 15)).toBe(0);
  });
});
