import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import type { Tile, TileIn } from "@/lib/dashboard";
import { FROM_PX } from "@/lib/dashboard/columns";
import type { PointInfo } from "@/lib/point";
import { cellStyle } from "./cellStyle";
import { tilesOf } from "./everything";
import { packed } from "./layout";

const point = (id: string, rest: Partial<PointInfo> = {}): PointInfo =>
  ({ id, name: id, registration: id, origin: "store", broker: "main", operable: false, ...rest }) as PointInfo;
const tile = (rest: Partial<TileIn>, i = 0): Tile => ({ kind: "value", id: `${i}`, ...rest });
const NONE = new Map();

/** Between others, so that a tile's size is its own and not what is left. */
const sizeOf = (one: Tile, columns: 2 | 4 | 6 | 10 | 14, points = NONE) => {
  const rows = Array.from({ length: 14 }, (_, i) => tile({ w: 1, h: 1 }, i + 1));
  const [first] = packed([{ ...one, id: "x" }, ...rows, ...rows.map((t) => ({ ...t, id: `${t.id}b` }))], points);
  const place = first?.places[columns];
  return [place?.w, place?.h];
};

describe("ED-5: a tile's size", () => {
  it.each<[string, Partial<TileIn>, 2 | 4 | 6 | 10 | 14, [number, number]]>([
    ["is that of its kind", { kind: "chart" }, 10, [5, 4]],
    ["is its own", { kind: "gauge", w: 5, h: 3 }, 10, [5, 3]],
    ["is half a phone for what is small", {}, 2, [1, 1]],
    ["is a whole phone for what is operated", { kind: "switch" }, 2, [2, 1]],
    ["is a whole phone for what is wide", { w: 4 }, 2, [2, 1]],
    ["is half a small tablet", {}, 4, [2, 1]],
    ["is never wider than the grid", { w: 9 }, 6, [6, 1]],
    ["may be another at one width", { sizes: { "14": { w: 3, h: 3 } } }, 14, [3, 3]],
    ["is a plain one for a kind of the future", { kind: "hologram" }, 10, [2, 1]],
  ])("%s", (_what, rest, columns, size) => expect(sizeOf(tile(rest), columns)).toEqual(size));

  it("is a whole phone for a text that can be answered", () => {
    const display = point("display", {
      type: "text",
      command: { kind: "text", assumed: false, send: "release", confirmMs: 5000 },
    });
    const points = new Map([[display.id, display]]);
    expect(sizeOf(tile({ kind: "text", point: display.id }), 2, points)).toEqual([2, 1]);
  });
});

test("LK-16: a tile of one row is twice as wide while its point asks for a person; one of more rows has room", () => {
  const tiles = [tile({ point: "p" as never, w: 2, h: 1 }, 1), tile({ point: "p" as never, w: 2, h: 3 }, 2)];
  const filler = Array.from({ length: 20 }, (_, i) => tile({ w: 1, h: 1 }, i + 3));
  const widths = (asking: string[]) =>
    packed([...tiles, ...filler], NONE, new Set(asking))
      .slice(0, 2)
      .map(({ places }) => places[10].w);
  expect(widths([])).toEqual([2, 2]);
  expect(widths(["p"])).toEqual([4, 2]);
});

test("ED-6: the HTML has a tile's cells for every width, and only its size while others are left out", () => {
  const [one] = packed([tile({ w: 10, h: 2 })], NONE);
  expect(one && cellStyle(one)).toEqual({
    "--c2": "1/1/span 2/span 2",
    "--c4": "1/1/span 2/span 4",
    "--c6": "1/1/span 2/span 6",
    "--c10": "1/1/span 2/span 10",
    "--c14": "1/1/span 2/span 14",
  });
  expect(one && cellStyle(one, true)).toMatchObject({ "--c4": "span 2/span 4" });
});

test("CO-1: what is one thing is one tile, and what no tile knows of it stands beside", () => {
  const lamp = (role: string) => ({ device: "Lamp", part: { of: "l", kind: "light" as const, role, name: "Hall" } });
  const tiles = tilesOf([point("p", lamp("power")), point("b", lamp("brightness")), point("s", lamp("startup"))]);
  expect(tiles.map(({ tile }) => tile)).toEqual([
    { id: "p", kind: "light", point: "p", title: "Hall", options: { parts: { brightness: "b" } } },
    { id: "s", kind: "value", point: "s" },
  ]);
  expect(tilesOf([])).toEqual([]);
});

test("ED-1: grid.css changes the number of columns at the widths that the packer has", () => {
  const css = readFileSync(join(import.meta.dirname, "grid.css"), "utf8");
  const rules = [...css.matchAll(/min-width: (\d+)px\) \{\s*\.grid-tiles \{\s*--columns: (\d+);/g)];
  expect(rules.map(([, from, columns]) => [Number(columns), Number(from)])).toEqual(
    Object.entries(FROM_PX)
      .map(([columns, from]) => [Number(columns), from])
      .slice(1),
  );
});
