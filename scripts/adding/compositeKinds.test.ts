import { afterAll, expect, test } from "vitest";
import * as here from "../../lib/composite/roles";
import { copyWith, placesOf } from "./copy";
import { compositeKind } from "./templates/compositeKind";

const copy = copyWith(compositeKind, ["lib", "messages"]);
afterAll(copy.remove);

test("CO-3, CO-5: a kind of several points is one entry, with its label, its roles with theirs, their names and which is the main one", async () => {
  expect(placesOf(compositeKind)).toEqual(["lib/composite/", "lib/composite/roles.ts", "messages/en.json"]);
  expect(Object.keys(compositeKind.files)).toHaveLength(1);

  const kettle = "kettle" as here.CompositeKind;
  const roles = await copy.load<typeof here>("lib/composite/roles.ts");
  expect(roles.COMPOSITE_KINDS).toContain(kettle);
  expect(roles.COMPOSITE_KINDS.filter((kind) => kind !== kettle)).toEqual(here.COMPOSITE_KINDS);
  expect(roles.labelOf(kettle)).toBe("composite.kettle");
  expect(roles.roleOf(kettle, "keep_warm")).toBe("keepWarm");
  expect(roles.mainRole(kettle, new Set(["power", "temperature"]))).toBe("temperature");
  expect(roles.guessedRole(kettle, "switch")).toBe("power");
  expect(roles.roleLabelOf(kettle, "keepWarm")).toBe("composite.keepWarm");

  const { Part } = await copy.load<typeof import("../../lib/composite/part")>("lib/composite/part.ts");
  expect(Part.safeParse({ of: "kitchen", kind: "kettle", role: "keepWarm" }).success).toBe(true);
});
