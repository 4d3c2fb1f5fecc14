import { describe, expect, it } from "vitest";
import type { Dashboard } from "@/lib/dashboard";
import { apply } from "@/lib/dashboard/apply";
import type { Op } from "@/lib/dashboard/ops";
import { removeSection } from "@/lib/dashboard/step";
import type { DashboardSlug } from "@/lib/ids";
import { addSection, addTile, changeTile, moveInto, moveSection, slugFor, trimmed } from "./draft";

const house: Dashboard = {
  slug: "house" as DashboardSlug,
  title: "House",
  sections: [
    { id: "one", title: "One", tiles: [{ id: "a", kind: "value", title: "A", w: 3 }] },
    { id: "two", tiles: [] },
  ],
};
const done = (dashboard: Dashboard, ...ops: (Op | undefined)[]) =>
  ops.reduce((now, op) => (op && apply(now, op)) ?? now, dashboard);
const outline = ({ sections }: Dashboard) => sections.map(({ id, tiles }) => `${id}: ${tiles.map((t) => t.id)}`);

describe("editing a dashboard", () => {
  it("adds a tile at the end of the section, or of the last one", () => {
    const tile = { kind: "gauge", id: "b" };
    expect(outline(done(house, ...addTile(house, tile, "one")))).toEqual(["one: a,b", "two: "]);
    expect(outline(done(house, ...addTile(house, tile)))).toEqual(["one: a", "two: b"]);
  });
  it("makes a section where there is none, and gives a tile an id", () => {
    const empty = { ...house, sections: [] };
    const [section] = done(empty, ...addTile(empty, { kind: "value" })).sections;
    expect(section?.tiles).toEqual([{ kind: "value", id: expect.stringMatching(/^[0-9a-f]{8}$/) }]);
  });
  it("drops what was emptied", () => {
    const next = done(house, changeTile("a", { title: "", w: undefined, h: 4 }));
    expect(next.sections[0]?.tiles).toEqual([{ id: "a", kind: "value", h: 4 }]);
  });
  it("moves a tile to the end of another section, and not within its own", () => {
    const [one, two] = house.sections;
    expect(outline(done(house, two && moveInto(house, "a", two)))).toEqual(["one: ", "two: a"]);
    expect(one && moveInto(house, "a", one)).toBeUndefined();
  });
  it("ED-9: adds a section at the end, and moves it past its neighbours", () => {
    const three = done(house, addSection(house));
    expect(three.sections.map(({ id }) => id)).toEqual(["one", "two", expect.stringMatching(/^[0-9a-f]{8}$/)]);
    const order = (by: -1 | 1, id: string) => done(three, moveSection(three, id, by)).sections.map((s) => s.id);
    const added = three.sections[2]?.id;
    expect(order(1, "one")).toEqual(["two", "one", added]);
    expect(order(-1, "two")).toEqual(["two", "one", added]);
    expect(order(-1, added ?? "")).toEqual(["one", added, "two"]);
  });
  it("ED-9: keeps the tiles of a section that is removed, in their order, beside those of its neighbour", () => {
    const tiles = (ids: string) => [...ids].map((id) => ({ id, kind: "value" }));
    const full = { ...house, sections: ["ab", "cd", "ef"].map((ids) => ({ id: ids, tiles: tiles(ids) })) };
    expect(outline(done(full, ...removeSection(full, "ab")))).toEqual(["cd: a,b,c,d", "ef: e,f"]);
    expect(outline(done(full, ...removeSection(full, "ef")))).toEqual(["ab: a,b", "cd: c,d,e,f"]);
    expect(removeSection({ ...full, sections: full.sections.slice(0, 1) }, "ab")).toEqual([]);
    expect(removeSection(full, "gone")).toEqual([]);
  });
  it("saves names without the blanks around them", () => {
    const blank = trimmed({
      ...house,
      title: " House ",
      sections: [
        { id: "one", title: " Hall ", tiles: [] },
        { id: "two", title: " ", tiles: [] },
      ],
    });
    expect(blank.title).toBe("House");
    expect(blank.sections).toEqual([
      { id: "one", title: "Hall", tiles: [] },
      { id: "two", tiles: [] },
    ]);
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
