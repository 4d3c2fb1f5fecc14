import type { Page } from "@playwright/test";
import { axeFaults } from "../axe";
import { expect, test } from "../fixtures";

/** In both themes: the other one differs in its colours only. */
async function violations(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const light = await axeFaults(page, { rules: "wcag" });
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  return [...light, ...(await axeFaults(page, { rules: "contrast" })).map((fault) => `dark: ${fault}`)];
}

test.use({ start: { broker: "demo" } });

for (const [device, viewport] of Object.entries({
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  test(`axe finds nothing on the pages people use, on a ${device}`, async ({ person }) => {
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
