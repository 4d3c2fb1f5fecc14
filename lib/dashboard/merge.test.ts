import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Dashboard, Section, Tile } from "../dashboard";
import type { DashboardSlug } from "../ids";
import { apply, applyAll, placeOf } from "./apply";
import { diff, headOf, isSame } from "./diff";
import { type Conflict, merge, overrule } from "./merge";
import { Op } from "./ops";
import { stepOf } from "./step";

const tile = (id: string, more: Partial<Tile> = {}): Tile => ({ id, kind: "value", ...more });
const board = (sections: Record<string, string>, title = "House"): Dashboard => ({
  slug: "house" as DashboardSlug,
  title,
  sections: Object.entries(sections).map(([id, tiles]) => ({ id, tiles: [...tiles].map((t) => tile(t)) })),
});
const outline = ({ sections }: Dashboard) =>
  Object.fromEntries(sections.map((s) => [s.id, s.tiles.map((t) => t.id).join("")]));
const house = board({ one: "abcd", two: "ef", three: "" });
const stepped = (dashboard: Dashboard, ...ops: Op[]): Dashboard => {
  const next = applyAll(dashboard, ops);
  if ("failed" in next) throw new Error(`step ${next.failed} of ${JSON.stringify(ops)} cannot be applied`);
  return next;
};
const move = (id: string, section: string, behind: string | null): Op => ({
  op: "tile.move",
  id,
  section,
  after: behind,
});
const change = (id: string, changes: Extract<Op, { op: "tile.change" }>["changes"]): Op => ({
  op: "tile.change",
  id,
  changes,
});

describe("ED-20: one step of an edit", () => {
  it.each<[string, Op, object]>([
    ["adds a tile behind another", { op: "tile.add", tile: tile("x"), section: "one", after: "b" }, { one: "abxcd" }],
    ["adds a tile first", { op: "tile.add", tile: tile("x"), section: "two", after: null }, { two: "xef" }],
    ["moves a tile within its section", move("a", "one", "c"), { one: "bcad" }],
    ["moves a tile into another", move("a", "two", "e"), { one: "bcd", two: "eaf" }],
    ["removes a tile", { op: "tile.remove", id: "c" }, { one: "abd" }],
    ["removes a section with its tiles", { op: "section.remove", id: "two" }, { one: "abcd", three: "" }],
    ["adds a section", { op: "section.add", section: { id: "new" }, after: "one" }, { new: "" }],
  ])("%s", (_what, op, expected) => expect(outline(stepped(house, op))).toMatchObject(expected));

  it("changes fields, and takes away what is null", () => {
    const titled = stepped(house, change("a", { title: "A", w: 3 }));
    expect(placeOf(titled, "a")?.tile).toEqual(tile("a", { title: "A", w: 3 }));
    const resized = stepped(titled, { op: "tile.resize", id: "a", changes: { w: null, h: 4 } });
    expect(placeOf(resized, "a")?.tile).toEqual(tile("a", { title: "A", h: 4 }));
    const section = stepped(house, { op: "section.change", id: "two", changes: { title: "Two", collapsed: true } });
    expect(section.sections[1] && headOf(section.sections[1])).toEqual({ id: "two", title: "Two", collapsed: true });
  });
  it.each<Op>([
    { op: "tile.remove", id: "x" },
    { op: "tile.add", tile: tile("a"), section: "two", after: null },
    move("a", "nowhere", null),
    move("a", "two", "b"),
    change("x", { title: "X" }),
    { op: "section.move", id: "x", after: null },
    { op: "section.add", section: { id: "one" }, after: null },
  ])("is refused where it names what is not there: %j", (op) => expect(apply(house, op)).toBeUndefined());

  it("moves a tile past its neighbour, and past the border of its section", () => {
    const by = (id: string, n: -1 | 1) => {
      const op = stepOf(house, id, n);
      return op && outline(stepped(house, op));
    };
    expect(by("a", 1)).toMatchObject({ one: "bacd" });
    expect(by("c", -1)).toMatchObject({ one: "acbd" });
    expect(by("d", 1)).toMatchObject({ one: "abc", two: "def" });
    expect(by("e", -1)).toMatchObject({ one: "abcde", two: "f" });
    expect(by("f", 1)).toMatchObject({ two: "e", three: "f" });
    expect(by("a", -1)).toBeUndefined();
  });
});

/** A random edit: a few steps that can be applied, each from numbers. */
const numbers = fc.array(fc.tuple(fc.nat(9), fc.nat(999), fc.nat(999), fc.nat(999)), { maxLength: 12 });
type Numbers = [kind: number, a: number, b: number, c: number][];

function edited(from: Dashboard, steps: Numbers, who: string): Dashboard {
  let now = from;
  steps.forEach(([kind, a, b, c], i) => {
    const op = randomOp(now, kind, a, b, c, `${who}${i}`);
    expect(op === undefined || Op.safeParse(op).success).toBe(true);
    now = (op && apply(now, op)) ?? now;
  });
  return now;
}

function randomOp(now: Dashboard, kind: number, a: number, b: number, c: number, fresh: string): Op | undefined {
  const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
  const one = pick(
    now.sections.flatMap(({ tiles }) => tiles),
    a,
  );
  const section = pick(now.sections, b);
  const behind = (list: readonly { id: string }[], not?: string) =>
    [null, ...list.map(({ id }) => id).filter((id) => id !== not)][c % (list.length + 1)] ?? null;
  if (kind === 0) return { op: "title", title: `Title ${a % 3}` };
  if (kind === 1) return { op: "section.add", section: { id: fresh }, after: behind(now.sections) };
  if (kind === 2 && section)
    return { op: "section.change", id: section.id, changes: { title: c % 2 ? `S${c % 3}` : null } };
  if (kind === 3 && section) return { op: "section.move", id: section.id, after: behind(now.sections, section.id) };
  if (kind === 4 && section && c % 3 === 0) return { op: "section.remove", id: section.id };
  if (kind === 5 && section)
    return { op: "tile.add", tile: tile(fresh), section: section.id, after: behind(section.tiles) };
  if (kind <= 7 && one && section) return move(one.id, section.id, behind(section.tiles, one.id));
  if (kind === 8 && one) return change(one.id, { title: `T${c % 3}`, ...(b % 2 ? { w: 1 + (b % 4) } : {}) });
  if (kind === 9 && one && c % 3 === 0) return { op: "tile.remove", id: one.id };
  return undefined;
}

test("ED-21: the difference of two dashboards is the steps that lead from one to the other", () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const [from, to] = [edited(house, a, "a"), edited(house, b, "b")];
      expect(stepped(from, ...diff(from, to))).toEqual(to);
    }),
    { numRuns: 500 },
  );
  expect(diff(house, house)).toEqual([]);
  expect(diff(house, stepped(house, move("a", "one", "d")))).toEqual([move("a", "one", "d")]);
});

/** What one editor did, as statements about the result: each must be true of it, or stand in a conflict. */
function claimsOf(base: Dashboard, own: Dashboard): [thing: string, holds: (merged: Dashboard) => boolean][] {
  const claims: [string, (merged: Dashboard) => boolean][] = [];
  const head = (board: Dashboard, id: string): Record<string, unknown> | undefined => {
    const section = board.sections.find((s) => s.id === id);
    return section && headOf(section);
  };
  const fields = (board: Dashboard, id: string): Record<string, unknown> | undefined => {
    const place = placeOf(board, id);
    return place && { ...place.tile, section: place.section.id };
  };
  const compare = (
    what: string,
    ids: string[],
    partsOf: (b: Dashboard, id: string) => Record<string, unknown> | undefined,
  ) => {
    for (const id of ids) {
      const [before, now] = [partsOf(base, id), partsOf(own, id)];
      if (!before !== !now) claims.push([`${what} ${id}`, (m) => !partsOf(m, id) === !now]);
      for (const field of new Set([...Object.keys(before ?? {}), ...Object.keys(now ?? {})]))
        if (now && !isSame(before?.[field], now[field]))
          claims.push([`${what} ${id}`, (m) => isSame(partsOf(m, id)?.[field], now[field])]);
    }
  };
  const all = [base, own];
  if (base.title !== own.title) claims.push(["title", (m) => m.title === own.title]);
  compare("section", [...new Set(all.flatMap((b) => b.sections.map((s) => s.id)))], head);
  compare("tile", [...new Set(all.flatMap((b) => b.sections.flatMap((s) => s.tiles.map((t) => t.id))))], fields);
  return claims;
}

const lost = (base: Dashboard, own: Dashboard, merged: Dashboard, conflicts: readonly Conflict[]) => {
  const told = new Set(conflicts.map(({ what, id }) => (id === null ? what : `${what} ${id}`)));
  return claimsOf(base, own).filter(([thing, holds]) => !holds(merged) && !told.has(thing));
};

describe("ED-22: two editors", () => {
  test("lose nothing in a thousand random interleavings: all that both did is in the result, or told as a conflict", () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [mine, theirs] = [edited(house, a, "a"), edited(house, b, "b")];
        const { dashboard, conflicts } = merge(house, mine, theirs);
        expect(lost(house, mine, dashboard, conflicts)).toEqual([]);
        // Theirs is stored: a conflict never takes from it.
        const claims = claimsOf(house, theirs).filter(([, holds]) => !holds(dashboard));
        expect(claims).toEqual([]);
        const ids = dashboard.sections.flatMap(({ tiles }) => tiles.map(({ id }) => id));
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 1000 },
    );
  });

  test("who insists has all of theirs and the other keeps what does not meet it, over many rounds", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(numbers, numbers, fc.boolean()), { maxLength: 5 }), (rounds) => {
        let stored = house;
        rounds.forEach(([a, b, isInsisting], i) => {
          const base = stored;
          stored = edited(base, b, `b${i}-`);
          const mine = edited(base, a, `a${i}-`);
          const { dashboard, conflicts } = merge(base, mine, stored);
          const result = isInsisting ? overrule(dashboard, mine, conflicts) : dashboard;
          if (isInsisting) {
            const open = claimsOf(base, mine).filter(
              ([thing, holds]) => !holds(result) && !thing.startsWith("section"),
            );
            expect(open).toEqual([]);
          }
          // What is saved is steps upon what is stored.
          expect(stepped(stored, ...diff(stored, result))).toEqual(result);
          stored = result;
        });
      }),
      { numRuns: 300 },
    );
  });

  test("who insists on removing a section keeps the tile that the other put into it, with what they did to it", () => {
    const mine = stepped(house, { op: "section.remove", id: "three" }, change("a", { title: "T" }));
    const theirs = stepped(house, { op: "section.move", id: "three", after: null }, move("a", "three", null));
    const { dashboard, conflicts } = merge(house, mine, theirs);
    expect(outline(dashboard)).toEqual({ three: "a", one: "bcd", two: "ef" });
    const insisted = overrule(dashboard, mine, conflicts);
    expect(outline(insisted)).toEqual({ one: "abcd", two: "ef" });
    expect(placeOf(insisted, "a")?.tile.title).toBe("T");
  });

  const told = ({ what, id, mine, theirs }: Conflict) => [what, id, mine, theirs];
  it.each<[string, Op[], Op[], object, unknown[]]>([
    ["change two fields of one tile", [change("a", { title: "A" })], [change("a", { w: 3 })], { one: "abcd" }, []],
    ["move two tiles", [move("a", "one", "d")], [move("b", "two", null)], { one: "cda", two: "bef" }, []],
    ["remove one tile", [{ op: "tile.remove", id: "a" }], [{ op: "tile.remove", id: "a" }], { one: "bcd" }, []],
    [
      "change one field",
      [change("a", { title: "A" })],
      [change("a", { title: "Ä" })],
      {},
      [["tile", "a", tile("a", { title: "A" }), tile("a", { title: "Ä" })]],
    ],
    [
      "remove and change one tile",
      [{ op: "tile.remove", id: "a" }],
      [change("a", { w: 3 })],
      { one: "abcd" },
      [["tile", "a", null, tile("a", { w: 3 })]],
    ],
    [
      "add a tile to a section that the other removes",
      [{ op: "tile.add", tile: tile("x"), section: "two", after: "e" }],
      [{ op: "section.remove", id: "two" }],
      { one: "abcd" },
      [["tile", "x", tile("x"), null]],
    ],
    [
      "move one tile to two places",
      [move("a", "two", null)],
      [move("a", "three", null)],
      { three: "a" },
      [["tile", "a", tile("a"), tile("a")]],
    ],
    [
      "add a tile behind one that is gone",
      [{ op: "tile.add", tile: tile("x"), section: "one", after: "c" }],
      [{ op: "tile.remove", id: "c" }],
      { one: "abxd" },
      [],
    ],
  ])("%s", (_what, a, b, expected, conflicts) => {
    const { dashboard, conflicts: met } = merge(house, stepped(house, ...a), stepped(house, ...b));
    expect(outline(dashboard)).toMatchObject(expected);
    expect(met.map(told)).toEqual(conflicts);
  });

  it("answer the stored one as it is when nobody else changed it", () => {
    const mine = stepped(house, move("a", "two", null));
    expect(merge(house, mine, house).dashboard).toBe(mine);
    expect(merge(house, house, mine).dashboard).toBe(mine);
  });
  it("bring back a removed section with the tile that belongs into it", () => {
    const mine = stepped(house, change("e", { title: "E" }));
    const theirs = stepped(house, { op: "section.remove", id: "two" });
    const { dashboard, conflicts } = merge(house, mine, theirs);
    const [section] = overrule(dashboard, mine, conflicts).sections.filter(({ id }) => id === "two") as Section[];
    expect(section?.tiles).toEqual([tile("e", { title: "E" })]);
  });
});
