import { expect, test } from "vitest";
import { BUILT_IN } from "@/lib/glyphs/tables";
import type { UserId } from "@/lib/ids";
import { navSections } from "./nav";

const offered = (more: { role?: "admin" | "viewer"; severalNodes?: true }) =>
  navSections({
    dashboards: [],
    points: 0,
    found: 0,
    alarms: 0,
    role: "admin",
    user: { id: "u" as UserId, username: "alex", name: "Alex" },
    ...more,
  })
    .flatMap(({ items }) => items)
    .map(({ href }) => href);

test("CL-33: an admin finds the page Nodes where several nodes can run, and only there", () => {
  expect(offered({ severalNodes: true })).toContain("/admin/nodes");
  expect(offered({})).not.toContain("/admin/nodes");
  expect(offered({ role: "viewer", severalNodes: true })).not.toContain("/admin/nodes");
});

test("LK-3: every entry has a glyph of the sprite", () => {
  const sections = navSections({
    dashboards: [{ slug: "house", title: "House" } as never, { slug: "garden", title: "Garden" } as never],
    points: 1,
    found: 1,
    alarms: 1,
    role: "admin",
    user: { id: "u" as UserId, username: "alex", name: "Alex" },
    severalNodes: true,
  });
  for (const { href, icon } of sections.flatMap(({ items }) => items))
    expect([href, BUILT_IN]).toEqual([href, expect.arrayContaining([icon])]);
});
