import { describe, expect, it } from "vitest";
import { compiled } from "../compile/testing";
import { mergeAnnounced } from "../discovery/found";
import { createOffers } from "../discovery/offers";
import type { BrokerId } from "../ids";
import type { PointInfo } from "../point";
import { finish } from "../steps";
import { tilePoints } from "../tilePoints";
import { ownRole, partsBeside, tileOfWhole, wholesOf } from "./compose";
import { roleOf } from "./roles";

const point = (id: string, part?: PointInfo["part"], broker = "main"): PointInfo =>
  ({ id, name: id, registration: id, origin: "store", broker, operable: true, part }) as PointInfo;
const lamp = (role: string, of = "lamp") => ({ of, kind: "light" as const, role, name: "Desk lamp" });
const tiles = (...points: PointInfo[]) => [...wholesOf(points).wholes.values()].map(tileOfWhole);

describe("what is one thing to people", () => {
  it("CO-1: points of one whole are one tile, its main point's, with the others by their roles", () => {
    const { wholes, within } = wholesOf([
      point("b", lamp("brightness")),
      point("other"),
      point("p", lamp("power")),
      point("e", lamp("effect")),
    ]);
    expect([...wholes.values()].map(tileOfWhole)).toEqual([
      { kind: "light", point: "p", title: "Desk lamp", options: { parts: { brightness: "b", effect: "e" } } },
    ]);
    expect([...within].sort()).toEqual(["b", "e"]);
  });

  it("CO-1: two lamps are two, and so is one name on two brokers", () => {
    expect(tiles(point("p", lamp("power")), point("q", lamp("power", "lamp2")))).toHaveLength(2);
    expect(tiles(point("p", lamp("power")), point("q", lamp("power"), "other"))).toHaveLength(2);
  });

  it("CO-2: what is there is shown: a lamp without brightness, a blind without position", () => {
    expect(tiles(point("p", lamp("power")))).toEqual([{ kind: "light", point: "p", title: "Desk lamp" }]);
    expect(tiles(point("b", lamp("brightness")))[0]).toMatchObject({ point: "b" });
    const blind = (role: string) => ({ of: "x", kind: "cover" as const, role });
    expect(tiles(point("o", blind("open")), point("c", blind("close")))).toEqual([
      { kind: "cover", point: "o", options: { parts: { close: "c" } } },
    ]);
  });

  it("CO-3: a role that no tile knows, and the second point of a role, stay by themselves", () => {
    const points = [point("p", lamp("power")), point("s", lamp("startup")), point("p2", lamp("power"))];
    const { wholes, within } = wholesOf(points);
    expect([...wholes.keys()]).toEqual(["p"]);
    expect(within.size).toBe(0);
    expect(wholesOf([point("s", lamp("startup"))]).wholes.size).toBe(0);
  });

  it("CO-3: it is compiled as written, and under a wildcard each device is a thing of its own", () => {
    const registration = compiled({
      filter: "lamp/+/set",
      part: { of: "lamps", kind: "light", role: "glitter", name: "Lamp {1}" },
    });
    expect(registration.points(["hall"], "lamp/hall/set")[0]?.info.part).toEqual({
      of: "lamps/hall",
      kind: "light",
      role: "glitter",
      name: "Lamp hall",
    });
  });

  it("CO-4: a tile's own point has its registered role, else the one that its sort can have", () => {
    expect(ownRole("light", { part: lamp("brightness"), command: undefined })).toBe("brightness");
    const number = { kind: "number", assumed: false, send: "release", confirmMs: 1 } as const;
    expect(ownRole("light", { part: undefined, command: number })).toBe("brightness");
    expect(ownRole("climate", { part: lamp("brightness"), command: number })).toBe("target");
    expect(ownRole("climate", { part: undefined, command: undefined })).toBe("current");
  });

  it("CO-4: whoever looks at the tile is sent all of its points", () => {
    const tile = { point: "p", options: { parts: { brightness: "b", glitter: "g" } } } as never;
    expect(tilePoints(tile)).toEqual(["p", "b", "g"]);
    expect(tilePoints({ point: "p", options: { parts: 4 } } as never)).toEqual(["p"]);
  });

  it("CO-4: another kind for a point brings the others of its whole along", () => {
    const all = [point("p", lamp("power")), point("b", lamp("brightness")), point("x", lamp("effect", "lamp2"))];
    expect(partsBeside("light", all[1] as PointInfo, all)).toEqual({ power: "p" });
    expect(partsBeside("switch", all[0] as PointInfo, all)).toBeUndefined();
  });

  it("CO-5: every convention's words for a part are the tiles' words", () => {
    expect(roleOf("light", "color_temp")).toBe("colorTemperature");
    expect(roleOf("climate", "current_heating_setpoint")).toBe("target");
    expect(roleOf("fan", "toString")).toBe("toString");
  });

  it("CO-5: what discovery finds of a lamp says that it is one, also where two conventions tell of it", () => {
    const device = (convention: "zigbee2mqtt" | "homeassistant", roles: string[]) => ({
      key: `${convention}-1`,
      convention,
      name: "Kitchen lamp",
      entities: [
        {
          key: "light",
          name: "Light",
          kind: "light" as const,
          parts: roles.map((role) => ({ role, registration: { filter: "z/lamp", value: `$.${role}`, name: role } })),
        },
      ],
    });
    const [found] = finish(
      mergeAnnounced(
        [[device("zigbee2mqtt", ["state", "brightness"])], [device("homeassistant", ["state", "effect"])]],
        createOffers("main" as BrokerId),
      ),
    );
    const parts = found?.entities.flatMap((entity) => entity.parts.map((one) => one.registration.part));
    expect(parts?.map((part) => part?.role)).toEqual(["power", "brightness", "effect"]);
    expect(new Set(parts?.map((part) => part?.of)).size).toBe(1);
    expect(new Set(parts?.map((part) => part?.name))).toEqual(new Set(["Kitchen lamp"]));
  });
});
