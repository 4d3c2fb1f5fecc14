import type { Page } from "@playwright/test";
import { axeFaults } from "../axe";
import { expect, signIn, test } from "../fixtures";
import { DashboardPage } from "../pages/DashboardPage";

const YAML = `
topics:
  - {id: tv, name: Tv, filter: house/tv, type: number, unit: kg, device: Set, thresholds: [{above: 200, level: critical}]}
  - {id: tone, name: Tone, filter: house/tone, type: number, unit: dB, device: Set}
  - {id: level, name: Level, filter: house/level, type: number, device: Lamp, command: {topic: house/level/set, min: 0, max: 100}}
dashboards:
  - {slug: view, title: View, tiles: [{kind: value, point: tv, h: 1}, {kind: slider, point: level, h: 1}]}
`;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test.use({ start: { yaml: YAML } });

const sheet = (page: Page) => page.getByRole("dialog");

test.beforeEach(async ({ page, devices, telltale }) => {
  for (const value of [101, 99, 103]) await devices.say("house/tv", value, { retain: true });
  await devices.say("house/tone", 48, { retain: true });
  await devices.say("house/level", 40, { retain: true });
  await signIn(page, telltale.url);
});

test("LK-11, LK-12: a press on a tile opens its sheet, Back closes it, and the focus returns", async ({
  page,
  devices,
}) => {
  const dashboard = new DashboardPage(page);
  await dashboard.open("view");
  const tile = dashboard.tile("Tv").root;
  const box = await tile.boundingBox();
  if (!box) throw new Error("it is not on the page");
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
  await expect(dashboard.tile("Level").slider).toBeEnabled();

  await tile.click({ position: { x: box.width - 12, y: 10 } });
  await expect(page).toHaveURL(/\/d\/view\?point=tv$/);
  const open = sheet(page);
  await expect(open.getByRole("heading", { name: "Tv" })).toBeVisible();
  await expect(open.locator("[data-value]").first()).toHaveText("103");
  await expect(open.locator("[data-stat=min]")).toHaveText(/^(?!–)/);
  await expect(open.locator("canvas")).toBeVisible();
  await expect(open.getByRole("link", { name: /Tone/ })).toContainText("48 dB");
  await expect(open.getByRole("link", { name: "Full history" })).toHaveAttribute("href", "/p/tv");
  await expect(open.getByText("house/tv", { exact: true })).toBeHidden();
  await open.getByText("Technical").click();
  await expect(open.getByText("house/tv", { exact: true })).toBeVisible();
  expect(await axeFaults(page, { rules: "wcag", include: "dialog" })).toEqual([]);
  // It lives.
  await devices.say("house/tv", 250);
  await expect(open.locator("[data-value]").first()).toHaveText("250");
  await expect(open.locator(".tile-said")).toHaveText(/critical above 200/);

  await page.goBack();
  await expect(open).toHaveCount(0);
  await expect(page).toHaveURL(/\/d\/view$/);
  await expect(tile.getByRole("link")).toBeFocused();
  // By keyboard, and away by Escape.
  await page.keyboard.press("Enter");
  await expect(open).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(open).toHaveCount(0);
  await expect(page).toHaveURL(/\/d\/view$/);
  await expect(tile.getByRole("link")).toBeFocused();
});

test("LK-12: a linked sheet is open at once, and closing it stays on the page", async ({ page }) => {
  await page.goto("/d/view?point=level");
  await expect(sheet(page).getByRole("heading", { name: "Level" })).toBeVisible();
  await sheet(page).getByRole("button", { name: "Close" }).click();
  await expect(sheet(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/d\/view$/);
});

test.describe("on a phone", () => {
  test.use(PHONE);

  test("LK-11: a tap on a slider that is the whole tile opens the sheet and moves nothing; in the sheet it is operated", async ({
    page,
    devices,
  }) => {
    await devices.listen("house/+/set");
    const dashboard = new DashboardPage(page);
    await dashboard.open("view");
    const level = dashboard.tile("Level");
    await expect(level.slider).toBeEnabled();
    const box = await level.root.boundingBox();
    if (!box) throw new Error("it is not on the page");
    await page.touchscreen.tap(box.x + 0.8 * box.width, box.y + box.height / 2);
    await expect(sheet(page)).toBeVisible();
    await expect(page).toHaveURL(/point=level$/);
    const slider = sheet(page).getByRole("slider");
    await slider.focus();
    await page.keyboard.press("End");
    await expect
      .poll(() => devices.heard.map(({ topic, text }) => `${topic} ${text}`))
      .toEqual(["house/level/set 100"]);
  });
});
