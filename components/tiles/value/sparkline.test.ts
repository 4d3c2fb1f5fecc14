import { describe, expect, it } from "vitest";
import { type Series, sparkline } from "./sparkline";

const BOX = { from: 0, to: 100, width: 100, height: 20, foot: 5, every: 50 };
const draw = (t: number[], v: number[]) => sparkline({ t, v }, BOX);

describe("sparkline", () => {
  it("is nothing without two readings", () => {
    expect(draw([], [])).toBeUndefined();
    expect(draw([50], [1])).toBeUndefined();
  });
  it("runs from least at the foot to greatest at the head", () => {
    const s = draw([0, 50, 100], [1, 3, 2]);
    expect(s).toMatchObject({ line: "M0 20L50 0L100 10", low: 1, high: 3 });
    expect(s?.area).toBe("M0 20L50 0L100 10V25H0Z");
  });
  it("runs level through the middle while nothing moves", () => {
    expect(draw([0, 100], [7, 7])?.line).toBe("M0 10L100 10");
  });
  it("breaks where readings stayed away, and goes on behind", () => {
    const minute = 60_000;
    const t = [0, 1, 2, 3, 4, 5, 50, 51, 52].map((m) => m * minute);
    const s = sparkline({ t, v: [0, 1, 0, 1, 0, 1, 0, 1, 0] }, { ...BOX, to: 52 * minute, every: minute });
    expect(s?.line.match(/M/g)).toHaveLength(2);
    expect(s?.area.match(/Z/g)).toHaveLength(2);
  });
  it("holds a value until the next where a point speaks only on change", () => {
    expect(sparkline({ t: [0, 50], v: [1, 3] }, { ...BOX, every: undefined })?.line).toBe("M0 20H50L50 0L100 0");
  });
  it("does not blow noise up to an event", () => {
    expect(draw([0, 50, 100], [100, 100.4, 100])?.line).toBe("M0 11L50 9L100 11");
  });
  it("lets the reading before the window enter at its left edge", () => {
    expect(draw([-500, 50, 100], [0, 10, 10])?.line).toBe("M0 20L50 0L100 0");
  });
  it("lets the newest reading hold to the right edge", () => {
    expect(draw([0, 40], [0, 10])?.line).toBe("M0 20L40 0L100 0");
  });
  it("leaves out what is later than the window", () => {
    expect(draw([0, 100, 200], [0, 10, 99])?.high).toBe(10);
  });
  it("keeps a spike of one reading among thousands, in few points", () => {
    const t = Array.from({ length: 5000 }, (_, i) => i / 50);
    const v = t.map((_, i) => (i === 2503 ? 100 : Math.sin(i)));
    const series: Series = { t, v };
    const s = sparkline(series, BOX);
    expect(s?.high).toBe(100);
    expect(s?.line.split("L").length).toBeLessThanOrEqual(122);
  });
});
