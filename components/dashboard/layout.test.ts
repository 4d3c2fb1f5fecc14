import { describe, expect, it, test } from "vitest";
import type { Tile } from "@/lib/dashboard";
import type { PointInfo } from "@/lib/point";
import { tilesOf } from "./everything";
import { sectionsOf } from "./layout";

const tile = (rest: Partial<Tile>): Tile => ({ kind: "value", ...rest });
const point = (id: string, rest: Partial<PointInfo> = {}): PointInfo =>
  ({ id, name: id, registration: id, origin: "store", broker: "main", operable: false, ...rest }) as PointInfo;
const NONE = new Map();

describe("sectionsOf", () => {
  it("puts tiles in a row with the same section under one heading, in the dashboard's order", () => {
    const sections = sectionsOf(
      ["Heating", "Heating", undefined, "Heating"].map((section, i) => tile({ id: `${i}`, section })),
      NONE,
    );
    expect(sections.map((s) => [s.heading, s.tiles.map((t) => t.key)])).toEqual([
      ["Heating", ["0", "1"]],
      [undefined, ["2"]],
      ["Heating", ["3"]],
    ]);
  });
  it.each([
    ["the kind's own size", tile({ kind: "gauge" }), { w: 3, h: 2 }],
    ["the size that the tile says", tile({ kind: "gauge", w: 6, h: 3 }), { w: 6, h: 3, phone: 2 }],
    ["a phone's whole width for what is operated", tile({ kind: "switch" }), { w: 3, h: 1, phone: 2 }],
    ["a plain size for a kind of the future", tile({ kind: "hologram" }), { w: 3, h: 1 }],
  ])("gives %s", (_what, one, size) => expect(sectionsOf([one], NONE)[0]?.tiles[0]).toMatchObject(size));
  it.each([
    ["two small ones side by side", ["value", "value"], [1, 1]],
    ["a lone one over the whole width", ["value"], [2]],
    ["the last of three over the whole width", ["value", "value", "value"], [1, 1, 2]],
    ["a high one beside two low ones", ["value", "gauge", "value"], [1, 1, 1]],
    ["a high one that nothing fills up beside", ["value", "value", "gauge"], [1, 1, 2]],
    ["what is operated always over the whole width", ["value", "switch", "value"], [1, 2, 1]],
  ])("puts %s on a phone", (_what, kinds, phone) => {
    const [section] = sectionsOf(
      kinds.map((kind) => tile({ kind })),
      NONE,
    );
    expect(section?.tiles.map((t) => t.phone)).toEqual(phone);
  });
  it("gives a text that can be answered a phone's whole width", () => {
    const display = point("display", {
      type: "text",
      command: { kind: "text", assumed: false, send: "release", confirmMs: 5000 },
    });
    const tiles = [tile({ kind: "text", point: display.id }), tile({}), tile({})];
    const [section] = sectionsOf(tiles, new Map([[display.id, display]]));
    expect(section?.tiles.map((t) => t.phone)).toEqual([2, 1, 1]);
  });
  it("places tiles where a whole section says where, counted from its first row", () => {
    const [section] = sectionsOf([tile({ x: 0, y: 4 }), tile({ x: 3, y: 5 })], NONE);
    expect(section?.tiles.map((t) => t.at)).toEqual([
      { x: 0, y: 0 },
      { x: 3, y: 1 },
    ]);
  });
  it.each([
    ["one has no place", [tile({ x: 0, y: 0 }), tile({})]],
    ["one would stick out", [tile({ x: 11, y: 0 })]],
  ])("lets them flow when %s", (_what, tiles) => {
    expect(sectionsOf(tiles, NONE)[0]?.tiles.every((t) => t.at === undefined)).toBe(true);
  });
});

test("CO-1: what is one thing is one tile, and what no tile knows of it stands beside", () => {
  const lamp = (role: string) => ({ device: "Lamp", part: { of: "l", kind: "light" as const, role, name: "Hall" } });
  const tiles = tilesOf([point("p", lamp("power")), point("b", lamp("brightness")), point("s", lamp("startup"))]);
  expect(tiles.map(({ tile, h }) => [tile, h])).toEqual([
    [{ id: "p", kind: "light", point: "p", title: "Hall", options: { parts: { brightness: "b" } } }, 2],
    [{ id: "s", kind: "value", point: "s" }, 1],
  ]);
  expect(tilesOf([])).toEqual([]);
});
