import { describe, expect, it, test } from "vitest";
import { DashboardBody, DashboardIn } from "../dashboard";
import { numbered, withIds } from "./ids";

const read = (rest: object) => DashboardIn.parse({ slug: "plant", title: "Plant", ...rest }).sections;
const faults = (rest: object) => {
  const parsed = DashboardBody.safeParse({ slug: "plant", title: "Plant", ...rest });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `/${path.join("/")}: ${message}`);
};

describe("ED-7: a dashboard in the form of earlier versions", () => {
  it("has a section for consecutive tiles with the same heading", () => {
    const tiles = ["Heat", "Heat", undefined, "Heat"].map((section, i) => ({ kind: "value", id: `${i}`, section }));
    expect(read({ tiles })).toEqual([
      {
        title: "Heat",
        tiles: [
          { kind: "value", id: "0" },
          { kind: "value", id: "1" },
        ],
      },
      { tiles: [{ kind: "value", id: "2" }] },
      { title: "Heat", tiles: [{ kind: "value", id: "3" }] },
    ]);
  });
  it.each([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 3],
    [6, 5],
    [8, 7],
    [9, 8],
    [12, 10],
  ])("had twelve columns: %d of them are %d of ten", (w, now) => {
    expect(read({ tiles: [{ kind: "value", w, h: 2 }] })).toEqual([{ tiles: [{ kind: "value", w: now, h: 4 }] }]);
  });
  it("is read by its places, once, where every tile of a section has a valid one", () => {
    const at = (id: string, x: number, y: number, more = {}) => ({ kind: "value", id, x, y, ...more });
    const order = (tiles: object[]) => read({ tiles })[0]?.tiles.map(({ id }) => id);
    expect(order([at("c", 0, 5), at("b", 6, 4), at("a", 0, 4)])).toEqual(["a", "b", "c"]);
    expect(order([at("b", 6, 4), { kind: "value", id: "a" }])).toEqual(["b", "a"]);
    expect(order([at("b", 11, 4), at("a", 0, 0)])).toEqual(["b", "a"]);
  });
  it("keeps everything else of a tile", () => {
    const tile = { id: "a", kind: "gauge", point: "p", title: "T", options: { min: 1 } };
    expect(read({ tiles: [{ ...tile, section: "S" }] })).toEqual([{ title: "S", tiles: [tile] }]);
  });
});

test("ED-8: a dashboard has sections with a title, an icon, tiles and what they are shown by", () => {
  const sections = [
    {
      id: "s",
      title: "Heating",
      icon: "mdi:radiator",
      collapsed: true,
      showWhen: { point: "boiler", is: "above", value: 80 },
      tiles: [{ id: "a", kind: "value", w: 14, h: 24, sizes: { 2: { h: 3 }, 14: { w: 3 } } }],
    },
    { id: "empty", tiles: [] },
  ];
  expect(read({ sections })).toEqual(sections);
  expect(read({})).toEqual([]);
});

test.each<[string, object, string[]]>([
  [
    "both forms",
    { sections: [], tiles: [] },
    ["/tiles: a dashboard has sections, or tiles in the form of earlier versions, not both"],
  ],
  [
    "a place in the present form",
    { sections: [{ tiles: [{ kind: "value", x: 1 }] }] },
    ['/sections/0/tiles/0: Unrecognized key: "x"'],
  ],
  [
    "an icon that is none",
    { sections: [{ icon: "lamp" }] },
    [expect.stringMatching(/^\/sections\/0\/icon/) as unknown as string],
  ],
  [
    "an id twice, over sections",
    { sections: [{ tiles: [{ id: "a", kind: "v" }] }, { tiles: [{ id: "a", kind: "v" }] }] },
    ['/sections/1/tiles/0/id: two tiles have the id "a"'],
  ],
  [
    "an id twice, in the old form",
    {
      tiles: [
        { id: "a", kind: "v" },
        { id: "a", kind: "v" },
      ],
    },
    ['/tiles/1/id: two tiles have the id "a"'],
  ],
  ["a section's id twice", { sections: [{ id: "s" }, { id: "s" }] }, ['/sections/1/id: two sections have the id "s"']],
  [
    "too many tiles",
    { sections: [{ tiles: Array(600).fill({ kind: "v" }) }, { tiles: Array(401).fill({ kind: "v" }) }] },
    ["/sections: a dashboard has at most 1000 tiles"],
  ],
])("ED-8: %s is refused", (_what, rest, expected) => expect(faults(rest)).toEqual(expected));

describe("CF-16: ids of tiles and sections", () => {
  const given = () =>
    DashboardIn.parse({ slug: "p", title: "P", sections: [{ tiles: [{ kind: "v" }, { kind: "v", id: "tile-1" }] }] });
  it("are by place for a source that is read again", () => {
    expect(numbered(given()).sections).toEqual([
      {
        id: "section-1",
        tiles: [
          { kind: "v", id: "tile-1x" },
          { kind: "v", id: "tile-1" },
        ],
      },
    ]);
    const whole = numbered(given());
    expect(numbered(whole)).toBe(whole);
  });
  it("are given anew to the second of two that share one", () => {
    const twice = DashboardIn.parse({
      slug: "p",
      title: "P",
      tiles: [
        { kind: "v", id: "a" },
        { kind: "g", id: "a" },
      ],
    });
    expect(withIds(twice, () => "new").sections[0]?.tiles).toEqual([
      { kind: "v", id: "a" },
      { kind: "g", id: "new" },
    ]);
  });
});
