import { axeFaults } from "../axe";
import { consoleErrors, expect, signIn, test } from "../fixtures";

const VIEWER = { username: "vic", password: "a window by the sea" };

test.beforeEach(async ({ page, telltale }) => {
  await signIn(page, telltale.url);
});

test("XP-10, XP-13, XP-23: of ten topics one is picked, becomes a tile, and lives", async ({
  page,
  explorer,
  devices,
  dashboard,
}) => {
  const errors = consoleErrors(page);
  const rooms = ["attic", "bath", "cellar", "hall"];
  for (const room of rooms)
    await devices.say(`house/${room}/climate`, { temperature: 20, humidity: 40 }, { retain: true });
  for (let i = 1; i <= 5; i++) await devices.say(`plant/press/valve${i}`, i, { retain: true });
  await devices.say("plant/press/oil_temperature", 41.5, { retain: true });

  await explorer.open();
  await expect(page.getByText(/^10 topics/)).toBeVisible();
  await explorer.search.fill("oil");
  const oil = explorer.row("oil_temperature");
  await expect(oil).toContainText("41.5");
  await expect(oil).toContainText("retained");
  await devices.say("plant/press/oil_temperature", 42.25);
  await expect(oil).toContainText("42.25");
  await oil.click();
  await expect(explorer.pane.getByText("42.25").first()).toBeVisible();

  await explorer.pane.getByRole("button", { name: "Make a tile" }).click();
  await expect(explorer.makeTile.getByRole("list", { name: "Points" })).toContainText("42.25 °C");
  await explorer.makeTile.getByRole("button", { name: "Register and add" }).click();
  await page.waitForURL(/\/d\//);
  const tile = dashboard.tile("Press oil temperature");
  await devices.say("plant/press/oil_temperature", 43.5);
  await tile.expectValue(/43\.5/);
  await tile.expectState("live");

  await explorer.open();
  await explorer.search.fill("attic");
  await explorer.row("climate").click();
  await explorer.pane.getByRole("button", { name: "Make a tile" }).click();
  await expect(explorer.makeTile.getByText("All 4 similar topics")).toBeVisible();
  await explorer.makeTile.getByRole("button", { name: "Register and add" }).click();
  await page.waitForURL(/\/d\//);
  for (const room of rooms) await expect(dashboard.tile(`${room} climate temperature`).value).toContainText("20");
  expect(errors).toEqual([]);
});

test("XP-18, XP-19: of a topic that two devices share, one is picked with all that it says in turn", async ({
  page,
  explorer,
  devices,
  dashboard,
}) => {
  const say = (id: number, o: object, options = {}) =>
    devices.say("radio/events", { model: "Acurite", id, ...o }, options);
  await say(3, { temperature_C: 20.5 }, { retain: true });
  await explorer.open();
  await explorer.search.fill("events");
  await explorer.row("events").click();
  await expect(explorer.pane.getByText("20.5").first()).toBeVisible();
  await say(7, { temperature_C: -4.5 });
  await say(3, { temperature_C: 20.5 });
  await say(7, { wind_avg_m_s: 3.25 });
  await expect(explorer.pane.getByText("3.25").first()).toBeVisible();
  await explorer.pane.getByRole("button", { name: "Make a tile" }).click();
  const points = explorer.makeTile.getByRole("list", { name: "Points" });
  await expect(points).toContainText("3.25 m/s");
  await expect(points).toContainText("−4.5 °C");
  await expect(explorer.makeTile).toContainText("Several devices publish on this topic");
  await explorer.makeTile.getByRole("button", { name: "Register and add" }).click();
  await page.waitForURL(/\/d\//);
  const tile = dashboard.tile("7 temperature");
  await say(7, { temperature_C: -5.5 });
  await say(3, { temperature_C: 30.5 });
  await tile.expectValue(/5\.5/);
  await say(7, { wind_avg_m_s: 4.75 });
  await dashboard.tile("7 wind avg").expectValue(/4\.75/);
  await tile.expectValue(/5\.5/);
});

test("XP-30, XP-32: a message by hand arrives once; what is retained is cleared after asking; both stand in the audit", async ({
  page,
  explorer,
  devices,
}) => {
  await devices.say("lamp/state", "ON", { retain: true });
  await devices.listen("lamp/#");
  await explorer.open();
  await explorer.row("state").click();
  await explorer.pane.getByText("Publish", { exact: true }).first().click();
  await explorer.pane.getByLabel("Publish on").fill("lamp/+");
  await expect(explorer.pane.getByText(/must not contain the wildcards/)).toBeVisible();
  await explorer.pane.getByLabel("Publish on").fill("lamp/set");
  await explorer.pane.getByLabel("Payload").fill("<b>OFF</b>");
  await explorer.pane.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText("Published. The broker confirmed it.")).toBeVisible();
  await explorer.pane.getByRole("button", { name: "Clear retained" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Clear", exact: true }).click();
  await expect
    .poll(() => devices.heard.map(({ topic, text }) => `${topic} ${text}`))
    .toEqual(["lamp/state ON", "lamp/set <b>OFF</b>", "lamp/state "]);
  // Where nothing is kept there is nothing to clear.
  await expect(explorer.pane.getByRole("button", { name: "Clear retained" })).toHaveCount(0);
  await expect(explorer.row("set")).toContainText("<b>OFF</b>");
  await page.goto("/admin/audit");
  await expect(page.getByText(/removed the retained message on “lamp\/state”/)).toBeVisible();
  await expect(page.getByText(/published “<b>OFF<\/b>” on “lamp\/set”/)).toBeVisible();
});

test("XP-40: the keyboard finds, opens and picks, and the page has no fault that axe knows", async ({
  page,
  explorer,
  devices,
}) => {
  for (let i = 0; i < 300; i++) await devices.say(`many/n${i}`, i, { retain: true });
  await devices.say("few/one", '{"a": 1}', { retain: true });
  await devices.say("few/two", "2", { retain: true });
  await explorer.open();
  await expect(page.getByText(/^302 topics/)).toBeVisible();
  await explorer.tree.focus();
  const active = page.locator(".ex-row[data-active]");
  await page.keyboard.press("ArrowRight");
  await expect(explorer.row("two")).toBeVisible();
  await page.keyboard.press("m");
  await expect(active).toContainText("many");
  await page.keyboard.press("ArrowRight");
  await expect(active).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("End");
  await expect(active).toContainText("$SYS");
  await page.keyboard.press("ArrowUp");
  await expect(active).toContainText("n299");
  await expect(active).toHaveAttribute("aria-setsize", "300");
  expect(await explorer.tree.getByRole("treeitem").count()).toBeLessThan(80);
  await page.keyboard.press("ArrowLeft");
  await expect(active).toContainText("many");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(explorer.pane).toContainText("few/one");
  expect(await axeFaults(page)).toEqual([]);
});

test("XP-20: others are told that it is for admins", async ({ page, person, explorer, telltale }) => {
  await page.request.post("/api/v1/users", {
    data: { ...VIEWER, role: "viewer" },
    headers: { origin: telltale.url },
  });
  const { page: theirs } = await person(VIEWER);
  await theirs.goto("/explore");
  await expect(theirs.getByText("This part is for admins")).toBeVisible();
  await expect(theirs.getByRole("link", { name: "Explorer" })).toHaveCount(0);
  await page.goto("/everything");
  await expect(page.getByRole("link", { name: "Explorer" })).toBeVisible();
  await explorer.open();
  await expect(explorer.tree).toBeVisible();
});
