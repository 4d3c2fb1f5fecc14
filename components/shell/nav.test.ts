import { expect, test } from "vitest";
import type { UserId } from "@/lib/ids";
import { navSections } from "./nav";

const offered = (more: { role?: "admin" | "viewer"; severalNodes?: true }) =>
  navSections({
    dashboards: [],
    points: 0,
    found: 0,
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
