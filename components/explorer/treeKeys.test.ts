import { describe, expect, it } from "vitest";
import type { ExplorerRow } from "@/lib/explorer/wire";
import { type TreePlace, treeStep, typeAhead } from "./treeKeys";

const row = (more: Partial<ExplorerRow> = {}): ExplorerRow => ({
  path: "a/b",
  level: "b",
  depth: 2,
  parent: 3,
  pos: 1,
  size: 1,
  topics: 1,
  messages: 1,
  rate: 0,
  ...more,
});
const place = (more: Partial<TreePlace> = {}): TreePlace => ({ index: 5, row: row(), total: 100, page: 10, ...more });

describe("XP-40: keys in the tree", () => {
  it("move by one, by a page, to the ends, and not beyond", () => {
    const to = (key: string, more?: Partial<TreePlace>) => treeStep(key, place(more));
    expect(to("ArrowDown")).toEqual({ do: "go", index: 6 });
    expect(to("ArrowUp")).toEqual({ do: "go", index: 4 });
    expect(to("PageDown", { index: 95 })).toEqual({ do: "go", index: 99 });
    expect(to("PageUp", { index: 5 })).toEqual({ do: "go", index: 0 });
    expect(to("Home")).toEqual({ do: "go", index: 0 });
    expect(to("End")).toEqual({ do: "go", index: 99 });
    expect(to("End", { total: 0 })).toBeUndefined();
  });

  it("open, enter, close and leave a branch", () => {
    expect(treeStep("ArrowRight", place({ row: row({ open: false }) }))).toEqual({ do: "open", path: "a/b" });
    expect(treeStep("ArrowRight", place({ row: row({ open: true }) }))).toEqual({ do: "go", index: 6 });
    expect(treeStep("ArrowRight", place())).toBeUndefined();
    expect(treeStep("ArrowLeft", place({ row: row({ open: true }) }))).toEqual({ do: "close", path: "a/b" });
    expect(treeStep("ArrowLeft", place())).toEqual({ do: "go", index: 3 });
    expect(treeStep("ArrowLeft", place({ row: row({ parent: -1 }) }))).toBeUndefined();
  });

  it("pick, and leave every other key alone", () => {
    expect(treeStep("Enter", place())).toEqual({ do: "pick", path: "a/b" });
    expect(treeStep(" ", place({ row: undefined }))).toBeUndefined();
    expect(treeStep("Tab", place())).toBeUndefined();
    expect(treeStep("constructor", place())).toBeUndefined();
  });

  it("letters go to the next row that begins so, and round", () => {
    const rows = ["alpha", "beta", "Bravo", "gamma"].map((level) => row({ level }));
    expect(typeAhead(rows, 10, 10, "b")).toBe(11);
    expect(typeAhead(rows, 10, 11, "b")).toBe(12);
    expect(typeAhead(rows, 10, 12, "b")).toBe(11);
    expect(typeAhead(rows, 10, 11, "br")).toBe(12);
    expect(typeAhead(rows, 10, 11, "x")).toBeUndefined();
  });
});
