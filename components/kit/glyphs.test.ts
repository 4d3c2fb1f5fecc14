import * as set from "@mdi/js";
import { expect, test } from "vitest";
import { BUILT_IN } from "@/lib/glyphs/tables";

/** `washing-machine` is `mdiWashingMachine` in the set. */
const pathOf = (name: string): string | undefined =>
  (set as Record<string, string>)[
    `mdi${name.replace(/(?:^|-)([a-z0-9])/g, (_, first: string) => first.toUpperCase())}`
  ];

test("LK-60: the sprite holds every built-in glyph, with its name as its id and as the set draws it", async () => {
  expect(BUILT_IN.filter((name) => !pathOf(name))).toEqual([]);
  const paths = BUILT_IN.map((name) => `<path id="${name}" d="${pathOf(name)}"/>\n`);
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">\n${paths.join("")}</svg>\n`;
  await expect(sprite).toMatchFileSnapshot("./glyphs.svg");
});
