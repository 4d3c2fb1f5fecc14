import { describe, expect, it } from "vitest";
import { arcPath, pointAt } from "./arc";

const CENTRE = { x: 100, y: 100 };

describe("the dial", () => {
  it("opens downwards: its middle is at the top, its ends at the same height below", () => {
    expect(pointAt(0.5, 50, CENTRE)).toEqual({ x: 100, y: 50 });
    const [left, right] = [pointAt(0, 50, CENTRE), pointAt(1, 50, CENTRE)];
    expect(left.y).toBeCloseTo(right.y);
    expect(left.y).toBeGreaterThan(CENTRE.y);
    expect(left.x).toBeLessThan(right.x);
  });
  it.each<[number, number, number]>([
    [0, 1, 1],
    [0, 0.5, 0],
    [0, 0.76, 1],
    [0.7, 1, 0],
  ])("from %d to %d takes the %d large way round", (from, to, large) => {
    expect(arcPath(from, to, 50, CENTRE)).toMatch(new RegExp(`A50 50 0 ${large} 1 `));
  });
});
