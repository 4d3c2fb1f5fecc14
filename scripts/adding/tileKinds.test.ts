import { afterAll, expect, test } from "vitest";
import * as here from "../../components/tiles/registry";
import type { PointInfo } from "../../lib/point";
import { copyWith, placesOf } from "./copy";
import { tileKind } from "./templates/tileKind";

const copy = copyWith(tileKind, ["components", "lib", "messages"]);
afterAll(copy.remove);

test("HS-1: a kind of tile is one folder, styles and all, one line, and its texts", async () => {
  expect(placesOf(tileKind)).toEqual(["components/tiles/level/", "components/tiles/registry.ts", "messages/en.json"]);

  const registry = await copy.load<typeof here>("components/tiles/registry.ts");
  const ids = registry.tileKinds.map(({ id }) => id);
  expect(ids.filter((id) => id !== "level")).toEqual(here.tileKinds.map(({ id }) => id));
  const found = registry.tileKind("level");
  if (!found.ok) throw new Error(found.error);
  expect(found.value.label).toBe("tiles.levelLabel");
  expect(found.value.options.parse(undefined)).toEqual({ ok: true, value: { reversed: false } });
  expect(found.value.options.parse({ reversed: "yes" })).toMatchObject({ ok: false });

  const tank = { id: "tank", name: "Tank", type: "number", unit: "%" } as PointInfo;
  expect(registry.kindFor(tank).id).toBe("level");
  expect(registry.kindsFor({ ...tank, unit: "W" }).map(({ id }) => id)).not.toContain("level");
});
