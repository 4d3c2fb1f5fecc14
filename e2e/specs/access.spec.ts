import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";

/** What WCAG 2.2 AA asks and a machine can check, in both themes. */
async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      .analyze();
    for (const { id, nodes } of violations)
      for (const { target, failureSummary } of nodes)
        found.push(`${colorScheme} ${id} at ${target}: ${failureSummary}`);
  }
  return found;
}

test.use({ start: { broker: "demo" } });

for (const [device, viewport] of Object.entries({
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  test(`axe finds nothing on the pages people use, on a ${device}`, async ({ person, dashboard: _unused }) => {
    // Fourteen readings of whole pages: more work than one test usually is.
    test.slow();
    const { page } = await person();
    await page.setViewportSize(viewport);
    for (const path of [
      "/d/house",
      "/everything",
      "/explore",
      "/admin/topics",
      "/admin/topics/new",
      "/admin/brokers",
      "/admin/people",
    ]) {
      await page.goto(path);
      await page.waitForLoadState("networkidle");
      expect(await violations(page), path).toEqual([]);
    }
  });
}

test("axe finds nothing on the login page", async ({ page }) => {
  await page.goto("/login");
  expect(await violations(page)).toEqual([]);
});
