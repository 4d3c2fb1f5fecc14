import type { Locator, Page } from "@playwright/test";
import { axeFaults } from "../axe";
import { expect, signIn, test } from "../fixtures";
import { DashboardPage } from "../pages/DashboardPage";

const VIEWER = { username: "vic", password: "a window by the sea" };
const YAML = `
topics:
  - {id: tv, name: Tv, filter: house/tv, type: number, unit: kg}
  - {id: level, name: Level, filter: house/level, type: number, command: {topic: house/level/set, min: 0, max: 100}}
  - {id: pump, name: Pump, filter: house/pump, type: boolean, payloads: {on: "1", off: "0"}, command: {topic: house/pump/set}}
  - {id: goal, name: Goal, filter: house/goal, type: number, command: {topic: house/goal/set}}
  - {id: mode, name: Mode, filter: house/mode, command: {topic: house/mode/set, options: [low, high]}}
  - {id: bell, name: Bell, command: {topic: house/bell, press: RING}}
  - {id: old, name: Old pump, filter: house/old, type: boolean, staleAfter: 1s, payloads: {on: "1", off: "0"}, command: {topic: house/old/set}}
  - {id: many, filter: "many/+", type: number}
dashboards:
  - {slug: view, title: View, tiles: [{kind: switch, point: pump}, {kind: slider, point: level}, {kind: value, point: tv}]}
  - {slug: dials, title: Dials, tiles: [{kind: gauge, point: tv, w: 4, h: 3}, {kind: gauge, point: goal, w: 4, h: 3}]}
`;
const PHONE = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true };
const SMALLEST_PX = 24;

test.use({ start: { yaml: YAML } });

async function middleOf(locator: Locator) {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error("it is not on the page");
  return { ...box, cx: box.x + box.width / 2, cy: box.y + box.height / 2 };
}

/** Everything that can be pressed and is in sight of a reader, smaller than a finger needs (WCAG 2.5.8). */
const tooSmall = (page: Page) =>
  page.evaluate((least) => {
    const all = document.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, [role=button]",
    );
    return [...all]
      .filter((element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false }))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.bottom > 0 && (box.width < least || box.height < least))
      .map(({ element, box }) => `${element.outerHTML.slice(0, 120)} ${box.width} × ${box.height}`);
  }, SMALLEST_PX);

test.beforeEach(async ({ page, devices, telltale }) => {
  for (const [topic, value] of Object.entries({ tv: 101.1, level: 40, pump: 0, goal: 5, mode: "low", old: 1 }))
    await devices.say(`house/${topic}`, value, { retain: true });
  await signIn(page, telltale.url);
});

test.describe("on a small phone", () => {
  test.use(PHONE);

  test("UI-6, UI-7, LK-11: a tile is one link to its point's sheet but for its controls, and nothing is too small to hit", async ({
    page,
    devices,
  }) => {
    const dashboard = new DashboardPage(page);
    await devices.listen("house/+/set");
    await dashboard.openEverything();
    await expect(dashboard.tile("Pump").switch).toBeEnabled();
    expect(await tooSmall(page)).toEqual([]);
    for (const tile of await dashboard.tiles.all()) await expect(tile.getByRole("link")).toHaveCount(1);
    expect(await axeFaults(page, { rules: "wcag" })).toEqual([]);

    // Controls act and lead nowhere.
    const pump = await middleOf(dashboard.tile("Pump").switch);
    await page.touchscreen.tap(pump.cx, pump.cy);
    await expect.poll(() => devices.heard.map(({ topic }) => topic)).toEqual(["house/pump/set"]);
    const goal = await middleOf(dashboard.tile("Goal").root.getByRole("textbox"));
    await page.touchscreen.tap(goal.cx, goal.cy);
    await expect(dashboard.tile("Goal").root.getByRole("textbox")).toBeFocused();
    await expect(page).toHaveURL(/\/everything$/);

    // Anywhere else opens the point's sheet: on the figure, in a corner, on the age in the foot.
    for (const place of [
      { x: 0.5, y: 0.5 },
      { x: 0.97, y: 0.05 },
      { x: 0.9, y: 0.94 },
    ]) {
      const box = await middleOf(dashboard.tile("Tv").root);
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
      await page.touchscreen.tap(box.x + place.x * box.width, box.y + place.y * box.height);
      await expect(page).toHaveURL(/\/everything\?point=tv$/);
      await expect(page.getByRole("dialog")).toBeVisible();
      await page.goBack();
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await expect(page).toHaveURL(/\/everything$/);
    }
  });

  test("UI-9: what was saved is told over the tabs, never over tiles or buttons", async ({ page, telltale }) => {
    await expectToastBeside(page, telltale.url);
  });
});

test("UI-9: what was saved is told over the sidebar, never over tiles or buttons", async ({ page, telltale }) => {
  await expectToastBeside(page, telltale.url);
});

async function expectToastBeside(page: Page, origin: string) {
  const dashboard = new DashboardPage(page);
  await page.request.post("/api/v1/dashboards", {
    data: {
      slug: "mine",
      title: "Mine",
      tiles: ["tv", "goal", "mode", "pump"].map((point) => ({ kind: "value", point })),
    },
    headers: { origin },
  });
  await dashboard.open("mine");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: "Remove Mode" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  const toast = page.getByText("“Mine” is saved.");
  await expect(toast).toBeVisible();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const box = await toast.locator("xpath=..").boundingBox();
  if (!box) throw new Error("the toast is gone");
  for (const one of [...(await dashboard.tiles.all()), page.getByRole("button", { name: "Save" })]) {
    const other = await one.boundingBox();
    if (!other) continue;
    const apart =
      other.x >= box.x + box.width ||
      box.x >= other.x + other.width ||
      other.y >= box.y + box.height ||
      box.y >= Math.min(other.y + other.height, (await page.evaluate(() => innerHeight)) as number);
    const bar = page.getByRole("navigation", { name: "Tabs" });
    const tabs = (await bar.isVisible()) ? await bar.boundingBox() : undefined;
    // What lies under the tabs cannot be seen anyway.
    expect(apart || (tabs && box.y >= tabs.y - 8)).toBeTruthy();
  }
}

test("UI-8: a figure keeps the widest number of decimals that was seen", async ({ page, devices }) => {
  const dashboard = new DashboardPage(page);
  await dashboard.openEverything();
  const tv = dashboard.tile("Tv");
  await tv.expectValue("101.1");
  await devices.say("house/tv", 101);
  await tv.expectValue("101.0");
  await expect(tv.value).toHaveAttribute("data-value", "101");
  await devices.say("house/tv", 99.25);
  await tv.expectValue("99.25");
  await devices.say("house/tv", 100.5);
  await tv.expectValue("100.50");
});

test("UI-10: the navigation, the states and the tiles of Everything count the same, also what comes later", async ({
  page,
  devices,
}) => {
  const dashboard = new DashboardPage(page);
  const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Everything" });
  const sum = async () => {
    const chips = await page
      .getByRole("list", { name: /States/ })
      .getByRole("button")
      .allTextContents();
    return chips.reduce((n, text) => n + Number.parseInt(text, 10), 0);
  };
  await dashboard.openEverything();
  await expect(link).toHaveText("Everything7");
  await expect.poll(sum).toBe(7);
  // On another page points come without its knowledge; the navigation is right as soon as they are looked at.
  await link.click();
  await page.getByRole("link", { name: "People" }).click();
  await expect(page).toHaveURL(/people/);
  for (let i = 0; i < 5; i++) await devices.say(`many/${i}`, i);
  await expect.poll(async () => (await (await page.request.get("/api/v1/points")).json()).length).toBe(12);
  await link.click();
  await expect(link).toHaveText("Everything12");
  await expect.poll(sum).toBe(12);
  await expect(dashboard.tiles).toHaveCount(12);
});

test("UI-11: who may only look reads it once, in the header", async ({ page, person, telltale }) => {
  await page.request.post("/api/v1/users", { data: { ...VIEWER, role: "viewer" }, headers: { origin: telltale.url } });
  const viewer = await person(VIEWER);
  for (const path of ["/everything", "/d/view", "/p/pump"]) {
    await viewer.page.goto(path);
    await expect(viewer.page.getByText("View only", { exact: true })).toHaveCount(1);
    await expect(viewer.dashboard.tile("Pump").switch).toBeDisabled();
    await expect(viewer.dashboard.tile("Pump").switch).toHaveAccessibleDescription("View only");
    await expect(viewer.page.getByText(/no right to control/)).toHaveCount(0);
  }
  await page.goto("/everything");
  await expect(page.getByText("View only", { exact: true })).toHaveCount(0);
});

test("UI-12: the control of a stale value has no colour, and can still be operated", async ({ page, devices }) => {
  const dashboard = new DashboardPage(page);
  await dashboard.openEverything();
  await devices.say("house/old", 1);
  const old = dashboard.tile("Old pump");
  const colour = () => old.switch.evaluate((element) => getComputedStyle(element).backgroundColor);
  await old.expectState("stale");
  const [ink, accent] = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement("i"));
    return ["--ink-3", "--accent"].map((name) => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    });
  });
  expect(ink).not.toBe(accent);
  await expect.poll(colour).toBe(ink);
  await expect(old.switch).toBeEnabled();
});

test("UI-13: while the broker is away each tile says so in a few words", async ({ page, mosquitto }) => {
  const dashboard = new DashboardPage(page);
  await dashboard.openEverything();
  await expect(dashboard.tile("Pump").switch).toBeEnabled();
  await mosquitto.kill();
  for (const name of ["Tv", "Pump"]) {
    const tile = dashboard.tile(name);
    await tile.expectState("offline");
    await expect(tile.root.locator(".tile-note")).toHaveText(/^Broker main offline since \d\d:\d\d$/);
  }
});

test("UI-57: a number in a gauge stands in one line within the arc, however long it is", async ({
  person,
  devices,
}) => {
  await devices.say("house/goal", "16032.21", { retain: true });
  await devices.say("house/tv", "21.5", { retain: true });
  const { dashboard } = await person();
  await dashboard.open("dials");
  const value = dashboard.tile("Goal").value;
  const look = () =>
    value.evaluate((element) => {
      const [text, dial] = [element.getBoundingClientRect(), element.closest(".gauge-dial")?.getBoundingClientRect()];
      const sizeOf = (of: Element) => Number.parseFloat(getComputedStyle(of).fontSize);
      return { lines: Math.round(text.height / (sizeOf(element) * 1.1)), part: text.width / (dial?.width ?? 0) };
    });
  for (const [said, shown] of [
    ["-1234567890.25", /1,234,567,890/],
    ["16032.21", /16,032\.21/],
    ["7", /^7/],
  ] as const) {
    await devices.say("house/goal", said);
    await expect(value).toHaveText(shown);
    const { lines, part } = await look();
    expect(lines).toBe(1);
    expect(part).toBeLessThan(0.66);
  }
});
