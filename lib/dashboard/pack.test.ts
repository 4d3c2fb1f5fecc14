import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { COLUMNS, type Columns, columnsAt, type Span } from "./columns";
import { type Place, pack } from "./pack";

const span = fc.record({ w: fc.integer({ min: 1, max: 14 }), h: fc.integer({ min: 1, max: 6 }) });
const section = fc.tuple(fc.array(span, { maxLength: 40 }), fc.constantFrom(...COLUMNS));

/** Which tile each cell belongs to, by row; a cell that two claim fails. */
function cellsOf(places: readonly Place[], columns: number): (number | undefined)[][] {
  const rows = Math.max(0, ...places.map(({ y, h }) => y + h));
  const cells = Array.from({ length: rows }, () => new Array<number | undefined>(columns).fill(undefined));
  places.forEach(({ x, y, w, h }, i) => {
    expect(x >= 0 && y >= 0 && x + w <= columns).toBe(true);
    for (let row = y; row < y + h; row++)
      for (let column = x; column < x + w; column++) {
        expect(cells[row]?.[column]).toBeUndefined();
        (cells[row] as (number | undefined)[])[column] = i;
      }
  });
  return cells;
}

const emptyIn = (cells: (number | undefined)[][]) => cells.flat().filter((cell) => cell === undefined).length;
const outline = (places: readonly Place[]) => places.map(({ x, y, w, h }) => `${x},${y} ${w}x${h}`);
const tiles = (...sizes: [w: number, h: number][]): Span[] => sizes.map(([w, h]) => ({ w, h }));

describe("packing a section", () => {
  test("ED-2: no two tiles overlap, none leaves the grid, and none is smaller than it should be", () => {
    fc.assert(
      fc.property(section, ([spans, columns]) => {
        const places = pack(spans, columns);
        cellsOf(places, columns);
        places.forEach(({ w, h }, i) => {
          expect(w).toBeGreaterThanOrEqual(Math.min(columns, spans[i]?.w ?? 0));
          expect(h).toBeGreaterThanOrEqual(spans[i]?.h ?? 0);
        });
      }),
    );
  });

  test("ED-3: at every width tiles are read in their order: by row, then from the left", () => {
    fc.assert(
      fc.property(section, ([spans, columns]) => {
        const places = pack(spans, columns);
        places.slice(1).forEach((place, i) => {
          const before = places[i] as Place;
          expect(before.y < place.y || (before.y === place.y && before.x < place.x)).toBe(true);
        });
      }),
    );
  });

  test("ED-4: nothing stays empty that a tile could grow into", () => {
    fc.assert(
      fc.property(section, ([spans, columns]) => {
        const places = pack(spans, columns);
        const cells = cellsOf(places, columns);
        const isFree = (x: number, y: number, w: number, h: number) =>
          y + h <= cells.length &&
          x >= 0 &&
          x + w <= columns &&
          cells.slice(y, y + h).every((row) => row.slice(x, x + w).every((cell) => cell === undefined));
        for (const { x, y, w, h } of places)
          expect([isFree(x + w, y, 1, h), isFree(x - 1, y, 1, h), isFree(x, y + h, w, 1)]).toEqual([
            false,
            false,
            false,
          ]);
      }),
    );
  });

  test("ED-4: tiles of the sizes that kinds have leave under 1 % of the cells empty", () => {
    const usual = fc.constantFrom(...tiles([1, 1], [2, 1], [2, 2], [2, 4], [3, 4], [5, 4], [3, 6]));
    let [empty, all, worst] = [0, 0, 0];
    fc.assert(
      fc.property(fc.array(usual, { minLength: 1, maxLength: 30 }), fc.constantFrom(...COLUMNS), (spans, columns) => {
        const cells = cellsOf(pack(spans, columns), columns);
        empty += emptyIn(cells);
        all += cells.length * columns;
        worst = Math.max(worst, emptyIn(cells) / (cells.length * columns));
      }),
      { seed: 14, numRuns: 2000 },
    );
    expect(empty / all).toBeLessThan(0.01);
    expect(worst).toBeLessThan(0.2);
  });

  it.each<[string, Span[], Columns, string[]]>([
    ["nothing", [], 10, []],
    ["a lone tile takes the row", tiles([2, 2]), 10, ["0,0 10x2"]],
    ["neighbours share what is left", tiles([2, 2], [2, 2], [2, 2]), 10, ["0,0 4x2", "4,0 3x2", "7,0 3x2"]],
    [
      "rows of equal height are about equally full",
      tiles([2, 2], [2, 2], [2, 2], [2, 2], [2, 2], [2, 2]),
      10,
      ["0,0 4x2", "4,0 3x2", "7,0 3x2", "0,2 4x2", "4,2 3x2", "7,2 3x2"],
    ],
    [
      "low tiles stand beside a high one",
      tiles([2, 4], [4, 2], [4, 2], [4, 2], [4, 2]),
      10,
      ["0,0 2x4", "2,0 4x2", "6,0 4x2", "2,2 4x2", "6,2 4x2"],
    ],
    ["a tile that nothing follows grows down", tiles([5, 4], [5, 2]), 10, ["0,0 5x4", "5,0 5x4"]],
    ["a phone's last small tile takes the row", tiles([1, 2], [1, 2], [1, 2]), 2, ["0,0 1x2", "1,0 1x2", "0,2 2x2"]],
  ])("ED-4: %s", (_what, spans, columns, places) => expect(outline(pack(spans, columns))).toEqual(places));

  test("ED-4: a thousand tiles are packed at once", () => {
    const spans = Array.from({ length: 1000 }, (_, i) => ({ w: 1 + ((i * 7) % 5), h: 1 + ((i * 5) % 4) }));
    const started = performance.now();
    pack(spans, 14);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

test("ED-1: the grid has 2, 4, 6, 10 or 14 columns, from 0, 600, 960, 1280 and 1920 px on", () => {
  expect([599, 600, 959, 960, 1279, 1280, 1919, 1920, 4000].map(columnsAt)).toEqual([2, 4, 4, 6, 6, 10, 10, 14, 14]);
});
