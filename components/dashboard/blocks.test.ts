import { describe, expect, test } from "vitest";
import type { PointId } from "@/lib/ids";
import { blocksOf, createHeights, heightOf, idsOf, rangeOf } from "./blocks";

const ids = (text: string, count: number): PointId[] =>
  Array.from({ length: count }, (_, i) => `${text}${i}` as PointId);

describe("blocks of everything", () => {
  test("UI-45: hold every tile once, in order, under the headings of their sections", () => {
    const sections = [
      { heading: "Attic", tiles: ids("a", 50) },
      { heading: "Hall", tiles: ids("h", 2), folded: ids("f", 24) },
    ];
    const closed = blocksOf(sections, new Set());
    expect(closed.map(({ heading, label, tiles, fold }) => [heading, label, tiles.length, fold?.count])).toEqual([
      ["Attic", "Attic", 20, undefined],
      [undefined, "Attic", 20, undefined],
      [undefined, "Attic", 10, undefined],
      ["Hall", "Hall", 2, 24],
    ]);
    const open = [new Set(["Hall"]), undefined].map((one) => blocksOf(sections, one));
    for (const blocks of open) {
      expect(idsOf(blocks)).toEqual([...ids("a", 50), ...ids("h", 2), ...ids("f", 24)]);
      expect(blocks[3]?.fold).toMatchObject({ open: true });
    }
    expect(new Set(open[0]?.map(({ key }) => key)).size).toBe(6);
  });

  test("MS-42: what has no area is headed by a text of the catalogue, where other sections are beside it", () => {
    const tiles = ids("p", 1);
    expect(
      blocksOf(
        [
          { heading: "Attic", tiles },
          { unplaced: true, tiles },
        ],
        new Set(),
      ),
    ).toMatchObject([{ heading: "Attic" }, { heading: "No area", label: "No area" }]);
    expect(blocksOf([{ tiles }], new Set())).toMatchObject([{ heading: undefined }]);
  });

  test("UI-45: the window is what reaches into it, whatever was measured, and never empty", () => {
    const blocks = blocksOf([{ tiles: ids("p", 200) }], new Set());
    const heights = createHeights();
    heights.width(1400, 1200);
    for (const block of blocks) heights.measured(block, 100);
    expect(rangeOf(blocks, heights, -500, 250)).toEqual({ first: 0, end: 3 });
    expect(rangeOf(blocks, heights, 250, 500)).toEqual({ first: 2, end: 5 });
    expect(rangeOf(blocks, heights, 5000, 6000)).toEqual({ first: 9, end: 10 });
    expect(rangeOf([], heights, 0, 100)).toEqual({ first: 0, end: 0 });
    expect(heightOf(blocks, heights)).toBe(1000);
    heights.width(390, 360);
    const unmeasured = heightOf(blocks, heights);
    for (const block of blocks.slice(0, 4)) heights.measured(block, 900);
    expect(unmeasured).not.toBe(9000);
    expect(heightOf(blocks, heights)).toBeCloseTo(9000, -1);
  });
});
