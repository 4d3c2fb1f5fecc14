import { describe, expect, it } from "vitest";
import type { Tile } from "@/lib/dashboard";
import type { DashboardSlug } from "@/lib/ids";
import { type Draft, dashboardOf, draftOf, edit, slugFor } from "./draft";

const tiles: Tile[] = [
  { kind: "value", title: "a", section: "One", x: 0, y: 0 },
  { kind: "value", title: "b", section: "One", x: 3, y: 0 },
  { kind: "value", title: "c", section: "Two", x: 0, y: 1 },
];
const draft = draftOf({ title: "House", tiles });
const outline = (d: Draft) => d.tiles.map(({ tile }) => `${tile.title}/${tile.section ?? ""}`);

describe("editing a dashboard", () => {
  it("saves what it was given when nothing is edited", () => {
    expect(dashboardOf("house" as DashboardSlug, draft)).toEqual({ slug: "house", title: "House", tiles });
  });
  it("moves a tile past its neighbour, and lets all flow from then on", () => {
    const next = edit(draft, { type: "move", key: "old-0", by: 1 });
    expect(outline(next)).toEqual(["b/One", "a/One", "c/Two"]);
    expect(next.tiles.every(({ tile }) => tile.x === undefined && !("y" in tile))).toBe(true);
  });
  it("moves a tile into the next section before it moves within it", () => {
    const joined = edit(draft, { type: "move", key: "old-1", by: 1 });
    expect(outline(joined)).toEqual(["a/One", "b/Two", "c/Two"]);
    expect(outline(edit(joined, { type: "move", key: "old-1", by: 1 }))).toEqual(["a/One", "c/Two", "b/Two"]);
  });
  it.each([
    ["old-0", -1],
    ["old-2", 1],
    ["gone", 1],
  ] as const)("leaves %s where it is when moved by %d", (key, by) => {
    expect(edit(draft, { type: "move", key, by }).tiles).toBe(draft.tiles);
  });
  it("adds at the end and removes by key", () => {
    const added = edit(draft, { type: "add", key: "new", tile: { kind: "gauge", title: "d" } });
    expect(outline(edit(added, { type: "remove", key: "old-1" }))).toEqual(["a/One", "c/Two", "d/"]);
  });
  it("drops what was emptied", () => {
    const next = edit(draft, { type: "change", key: "old-0", changes: { title: "", w: 6 } });
    expect(next.tiles[0]?.tile).toEqual({ kind: "value", section: "One", x: 0, y: 0, w: 6 });
  });
});

describe("slugFor", () => {
  it.each([
    ["House", [], "house"],
    ["Küche & Bad", [], "kuche-bad"],
    ["House", ["house", "house-2"], "house-3"],
    ["居間", [], "dashboard"],
    ["x".repeat(100), [], "x".repeat(64)],
  ])("%s among %j is %s", (title, taken, slug) => expect(slugFor(title, new Set(taken))).toBe(slug));
});
