import { afterAll, expect, test } from "vitest";
import * as here from "../../lib/composite/roles";
import { copyWith, placesOf, type Template } from "./copy";

const TEMPLATE: Template = {
  files: {
    "lib/composite/kettle.ts": `
import type { CompositeSpec } from "./kind";

export const kettle = {
  label: "Kettle",
  roles: ["power", "temperature", "keepWarm"],
  main: ["temperature"],
  spoken: { state: "power", keep_warm: "keepWarm" },
  labels: { keepWarm: "Keep warm" },
  guessed: { none: "temperature", switch: "power" },
} as const satisfies CompositeSpec;
`,
  },
  lines: [
    {
      file: "lib/composite/roles.ts",
      behind: 'import { fan } from "./fan";',
      add: 'import { kettle } from "./kettle";',
    },
    { file: "lib/composite/roles.ts", behind: "  fan,", add: "  kettle," },
  ],
};

const copy = copyWith(TEMPLATE);
afterAll(copy.remove);

test("CO-3, CO-5: a kind of several points is one entry: its roles, their names and labels, and which is the main one", async () => {
  expect(placesOf(TEMPLATE)).toEqual(["lib/composite/", "lib/composite/roles.ts"]);
  expect(Object.keys(TEMPLATE.files)).toHaveLength(1);

  const kettle = "kettle" as here.CompositeKind;
  const roles = await copy.load<typeof here>("lib/composite/roles.ts");
  expect(roles.COMPOSITE_KINDS).toEqual([...here.COMPOSITE_KINDS, "kettle"]);
  expect(roles.labelOf(kettle)).toBe("Kettle");
  expect(roles.roleOf(kettle, "keep_warm")).toBe("keepWarm");
  expect(roles.mainRole(kettle, new Set(["power", "temperature"]))).toBe("temperature");
  expect(roles.guessedRole(kettle, "switch")).toBe("power");
  expect(roles.ROLE_LABELS).toMatchObject({ keepWarm: "Keep warm", oscillate: "Oscillation" });

  const { Part } = await copy.load<typeof import("../../lib/composite/part")>("lib/composite/part.ts");
  expect(Part.safeParse({ of: "kitchen", kind: "kettle", role: "keepWarm" }).success).toBe(true);
});
