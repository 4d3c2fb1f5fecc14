import { afterAll, expect, test } from "vitest";
import type * as nav from "../../components/shell/nav";
import type { UserId } from "../../lib/ids";
import { copyWith, placesOf } from "./copy";
import { page } from "./templates/page";

const copy = copyWith(page, ["app", "components", "lib", "messages"]);
afterAll(copy.remove);

test("HS-2: a page is its address, a folder of components, one line of the navigation, and its texts", async () => {
  expect(placesOf(page)).toEqual([
    "app/(app)/admin/lamps/",
    "components/lamps/",
    "components/shell/nav.ts",
    "messages/en.json",
  ]);
  expect(Object.keys(page.files)).toHaveLength(2);

  const { navSections } = await copy.load<typeof nav>("components/shell/nav.ts");
  const offered = (role: "admin" | "viewer") =>
    navSections({
      dashboards: [],
      points: 0,
      alarms: 0,
      found: 0,
      role,
      user: { id: "u" as UserId, username: "alex", name: "Alex" },
    })
      .flatMap(({ items }) => items)
      .map(({ href }) => href);
  expect(offered("admin")).toContain("/admin/lamps");
  expect(offered("viewer")).not.toContain("/admin/lamps");
});
