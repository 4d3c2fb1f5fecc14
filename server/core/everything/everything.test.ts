import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Access } from "../../../lib/access";
import { type EverythingSection, FIRST_TILES, headOf } from "../../../lib/everything";
import type { PointId } from "../../../lib/ids";
import type { EverythingRequest } from "../../../lib/protocol";
import type { LivePoint } from "../../ports";
import { createFakeClock } from "../../testing/fakeClock";
import { createEverything } from "./everything";

type Rest = Partial<LivePoint["info"]> & Partial<Pick<LivePoint, "value" | "at" | "status">>;
const point = (id: string, { value = 1, at = 1, status = { freshness: "live", since: 1 }, ...info }: Rest = {}) =>
  ({
    info: { id, name: id, topic: id, broker: "main", registration: id, ...info },
    value,
    at,
    status,
  }) as unknown as LivePoint;
const VIEWER: Access = { user: "anonymous", role: "viewer", grants: [] };
const offline = { freshness: "offline", since: 1 } as const;

function testBed(initial: LivePoint[]) {
  const clock = createFakeClock();
  let points = initial;
  let onPoints = (): void => undefined;
  const everything = createEverything({
    clock,
    live: {
      get: (id: PointId) => points.find(({ info }) => info.id === id),
      points: () => points,
      actuator: () => undefined,
      onPoints(listener: () => void) {
        onPoints = listener;
        return () => undefined;
      },
    },
  });
  return {
    clock,
    set(next: LivePoint[]) {
      points = next;
      onPoints();
    },
    list: (ask: EverythingRequest = {}, access = VIEWER) => everything.list(access, ask),
  };
}
const outline = (sections: EverythingSection[] | undefined) =>
  sections?.map(({ heading, unplaced, tiles, folded }) => [
    unplaced ? "unplaced" : heading,
    ...[tiles, ...(folded ? [folded] : [])],
  ]);

describe("the list of everything", () => {
  test("UI-40: is by area, then device, then name, and puts what has no area last", async () => {
    const points = [
      point("loose"),
      point("t", { area: "Attic", device: "Climate" }),
      point("h", { area: "Attic", device: "Climate" }),
      point("lamp 10", { area: "Attic", device: "Lamp 10" }),
      point("lamp 2", { area: "Attic", device: "Lamp 2" }),
      point("door", { area: "Porch" }),
    ];
    const wanted = [
      ["Attic", ["lamp 2", "lamp 10"]],
      ["Attic · Climate", ["h", "t"]],
      ["Porch", ["door"]],
      ["unplaced", ["loose"]],
    ];
    expect(outline((await testBed(points).list()).sections)).toEqual(wanted);
    expect(outline((await testBed(points.reverse()).list()).sections)).toEqual(wanted);
    expect(outline((await testBed([point("b"), point("a")]).list()).sections)).toEqual([[undefined, ["a", "b"]]]);
    expect(await testBed([]).list()).toMatchObject({ total: 0, tiles: 0, sections: [] });
  });

  test("CO-1, DC-55, DC-127: has what is one thing as one tile, and folds settings and diagnostics where there is something else", async () => {
    const lamp = (role: string) => ({ area: "Hall", device: "Lamp", part: { of: "l", kind: "light" as const, role } });
    const { sections, tiles } = await testBed([
      point("b", lamp("brightness")),
      point("p", lamp("power")),
      point("battery", {
        area: "Hall",
        device: "Lamp",
        category: "diagnostic",
        thresholds: [{ below: 20, level: "critical" }],
      }),
      point("uptime", { area: "Attic", device: "Gateway", category: "diagnostic" }),
    ]).list();
    expect(outline(sections)).toEqual([
      ["Attic", ["uptime"]],
      ["Hall · Lamp", [["p", "b"]], ["battery"]],
    ]);
    expect(sections?.[1]?.foldedAlarm).toBe(true);
    expect(tiles).toBe(3);
  });

  test("UI-41: counts the states of all points that match the query, and lists those in the chosen states", async () => {
    const hot = { value: 99, thresholds: [{ above: 90, level: "critical" as const }] };
    const { list } = testBed([
      point("attic/a", hot),
      point("attic/b"),
      point("cellar/c", { status: offline }),
      point("cellar/d", { value: null }),
      point("cellar/e", { command: { assumed: true } as never, at: null }),
    ]);
    expect(await list()).toMatchObject({
      total: 5,
      counts: { live: 1, critical: 1, warning: 0, stale: 0, offline: 1, unknown: 1 },
    });
    const attic = await list({ query: "ATTIC" });
    expect(attic).toMatchObject({ total: 5, tiles: 2, counts: { live: 1, critical: 1, offline: 0, unknown: 0 } });
    expect(outline((await list({ states: ["critical", "offline"] })).sections)).toEqual([
      [undefined, ["attic/a", "cellar/c"]],
    ]);
    expect((await list({ query: "nothing" })).sections).toEqual([]);
  });

  test("UI-42: has only what the reader may see", async () => {
    const { list } = testBed([point("a/1"), point("b/1"), point("b/2")]);
    const some: Access = { user: "anonymous", role: "none" as never, grants: [{ role: "viewer", filter: "b/#" }] };
    expect(await list({}, some)).toMatchObject({ total: 2, sections: [{ tiles: ["b/1", "b/2"] }] });
    expect(await list()).toMatchObject({ total: 3 });
  });

  test("UI-43: is sent again only when it is another one", async () => {
    const h = testBed([point("a"), point("b")]);
    const { version } = await h.list();
    expect((await h.list({ known: version })).sections).toBeUndefined();
    h.set([point("a"), point("b"), point("c")]);
    h.clock.advance(1000);
    expect(outline((await h.list({ known: version })).sections)).toEqual([[undefined, ["a", "b", "c"]]]);
    h.set([point("a"), point("b")]);
    h.clock.advance(1000);
    expect((await h.list({ known: version })).sections).toBeUndefined();
  });

  test("FA-109: a list that was made before the clock was set back is made anew as soon as ever", async () => {
    const h = testBed([point("a")]);
    await h.list();
    h.set([point("a"), point("b")]);
    h.clock.setBack(3_600_000);
    h.clock.advance(1000);
    expect(outline((await h.list()).sections)).toEqual([[undefined, ["a", "b"]]]);
  });

  test("UI-44: ten thousand points are listed while the event loop goes on turning", async () => {
    const all = Array.from({ length: 10_000 }, (_, i) =>
      point(`p/${(i * 7919) % 10_000}`, { area: `Area ${i % 40}`, device: `D ${i % 900}` }),
    );
    const byId = new Map(all.map((one) => [one.info.id, one]));
    const everything = createEverything({
      clock: createFakeClock(),
      live: {
        get: (id) => byId.get(id),
        points: () => all,
        actuator: () => undefined,
        onPoints: () => () => undefined,
      },
    });
    let turns = 0;
    let over = false;
    const counting = (async () => {
      while (!over) {
        await nextTurn();
        turns++;
      }
    })();
    const { sections = [], total } = await everything.list(VIEWER, {});
    over = true;
    await counting;
    expect(total).toBe(10_000);
    expect(turns).toBeGreaterThan(3);
    const head = headOf(sections, FIRST_TILES);
    expect(head.flatMap(({ tiles }) => tiles)).toEqual(sections.flatMap(({ tiles }) => tiles).slice(0, FIRST_TILES));
  });
});
