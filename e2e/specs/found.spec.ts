import type { Page } from "@playwright/test";
import { axeFaults } from "../axe";
import type { FakeDevice } from "../fakeDevice";
import { consoleErrors, expect, signIn, test } from "../fixtures";

const VIEWER = { username: "vic", password: "a window by the sea" };

/** A device with two sensors and a switch, as Home Assistant discovery has it. */
async function announce(devices: FakeDevice, id: string, name: string, area?: string): Promise<string[]> {
  const device = { identifiers: [id], name, manufacturer: "Acme", model: "T1000", suggested_area: area };
  const parts = {
    [`homeassistant/sensor/${id}_t/config`]: { name: "Temperature", state_topic: `${id}/t`, unit_of_measurement: "°C" },
    [`homeassistant/sensor/${id}_h/config`]: { name: "Humidity", state_topic: `${id}/h`, unit_of_measurement: "%" },
    [`homeassistant/switch/${id}_s/config`]: { name: "Fan", state_topic: `${id}/s`, command_topic: `${id}/s/set` },
  };
  for (const [topic, config] of Object.entries(parts))
    await devices.say(topic, { ...config, unique_id: topic.split("/")[2], device }, { retain: true });
  return Object.keys(parts);
}

const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test.beforeEach(async ({ page, telltale }) => {
  await signIn(page, telltale.url);
});

test("FD-10, FD-2: a device is shown with what it says before anything is kept; one part is added, another device ignored and proposed again", async ({
  page,
  devices,
  dashboard,
}) => {
  const errors = consoleErrors(page);
  await announce(devices, "kitchen", "Kitchen sensor", "Kitchen");
  await announce(devices, "attic", "Attic sensor");
  await devices.say("kitchen/t", "21.5");
  await page.goto("/found");
  const kitchen = card(page, "Kitchen sensor");
  await expect(kitchen).toContainText("Acme T1000 · Kitchen · Home Assistant discovery");
  await devices.say("kitchen/t", "21.75");
  await expect(kitchen.getByRole("listitem").filter({ hasText: "Temperature" })).toContainText("21.75 °C");
  expect(await (await page.request.get("/api/v1/points")).json()).toEqual([]);
  expect(await axeFaults(page)).toEqual([]);

  await kitchen.getByRole("button", { name: "Add Temperature" }).click();
  await expect(kitchen.getByRole("listitem").filter({ hasText: "Temperature" })).toContainText("added");
  await expect(page.getByText(/1 point added/)).toBeVisible();

  const counts = page.getByRole("navigation", { name: "Main" });
  await expect(counts.getByRole("link", { name: "Everything" })).toHaveText("Everything1");
  await expect(counts.getByRole("link", { name: "Found" })).toHaveText("Found2");
  await card(page, "Attic sensor").getByRole("button", { name: "Ignore" }).click();
  await expect(counts.getByRole("link", { name: "Found" })).toHaveText("Found1");
  await expect(card(page, "Attic sensor")).toHaveCount(0);
  await page
    .getByText(/^Ignored/)
    .first()
    .click();
  await card(page, "Attic sensor").getByRole("button", { name: "Stop ignoring" }).click();
  await page
    .getByText(/^New( \d+)?$/)
    .first()
    .click();
  await expect(card(page, "Attic sensor")).toBeVisible();

  await dashboard.openEverything();
  await dashboard.tile("Temperature").expectValue("21.75");
  await expect(dashboard.tiles).toHaveCount(1);
  expect(errors).toEqual([]);
});

test("UI-14, UI-15: a device that calls itself by its address has a readable name, the counts agree, and the next step follows", async ({
  page,
  devices,
}) => {
  await announce(devices, "kitchen", "Kitchen sensor");
  await announce(devices, "zb1", "0x00158d0001a2b3c4");
  await devices.say("kitchen/t", "20", { retain: true });
  await page.goto("/found");
  await expect(card(page, "T1000 B3C4")).toBeVisible();
  await expect(page.getByText("0x00158d0001a2b3c4")).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("region").first()).toHaveAccessibleName("Kitchen sensor");
  const navigation = page.getByRole("navigation", { name: "Main" });
  await expect(page.getByText("2 devices announced themselves")).toBeVisible();
  await expect(navigation.getByRole("link", { name: "Found" })).toHaveText("Found2");
  await announce(devices, "hall", "Hall sensor");
  await expect(page.getByText("3 devices announced themselves")).toBeVisible();
  await expect(navigation.getByRole("link", { name: "Found" })).toHaveText("Found3");
  await expect(page.getByRole("region", { name: "Next" })).toHaveCount(0);
  await page.getByRole("button", { name: "Add all" }).click();
  const next = page.getByRole("region", { name: "Next" });
  await expect(next).toContainText("3 devices added");
  await expect(next.getByRole("button", { name: "New dashboard" })).toBeVisible();
  await next.getByRole("link", { name: "See everything" }).click();
  await expect(page).toHaveURL(/\/everything$/);
  await expect(page.getByRole("heading", { name: /T1000 B3C4/ })).toBeVisible();
});

test("FD-3, FD-5: what announces itself is added by itself when told to; what takes itself back is marked and stays", async ({
  page,
  devices,
}) => {
  await page.goto("/found");
  await page.getByText("Add automatically", { exact: true }).click();
  const topics = await announce(devices, "hall", "Hall sensor");
  await devices.say("hall/t", "19");
  await page
    .getByText(/^Added/)
    .first()
    .click();
  await expect(card(page, "Hall sensor").getByText("added", { exact: true }).first()).toBeVisible();
  await expect
    .poll(async () => (await (await page.request.get("/api/v1/points")).json()).map((p: { name: string }) => p.name))
    .toHaveLength(3);
  for (const topic of topics) await devices.say(topic, "", { retain: true });
  await page
    .getByText(/^Withdrawn/)
    .first()
    .click();
  await expect(card(page, "Hall sensor")).toContainText("Its points stay.");
  expect(await (await page.request.get("/api/v1/points")).json()).toHaveLength(3);
});

test("FD-13: a device that is away is marked, can be added all the same, and is offline until it is back", async ({
  page,
  devices,
  dashboard,
}) => {
  const description = {
    name: "Shed",
    nodes: { air: { properties: { t: { name: "Warmth", datatype: "float", unit: "°C" } } } },
  };
  const retain = { retain: true };
  await devices.say("homie/5/shed/$state", "lost", retain);
  await devices.say("homie/5/shed/$description", description, retain);
  await devices.say("homie/5/shed/air/t", "3.5", retain);
  await page.goto("/found");
  await page
    .getByText(/^Withdrawn/)
    .first()
    .click();
  const shed = card(page, "Shed");
  await expect(shed).toContainText("Withdrawn: its $state is lost. Its points are offline until it is back.");
  await shed.getByRole("button", { name: "Add", exact: true }).click();
  await expect(shed.getByText("added", { exact: true })).toBeVisible();
  await dashboard.openEverything();
  await dashboard.tile("Warmth").expectState("offline");
  await devices.say("homie/5/shed/$state", "ready", retain);
  await devices.say("homie/5/shed/air/t", "4.25", retain);
  await dashboard.tile("Warmth").expectState("live");
});

test("FD-15: adding by itself asks first where devices wait, and a page that was signed out elsewhere says so", async ({
  page,
  devices,
}) => {
  await announce(devices, "kitchen", "Kitchen sensor");
  await page.goto("/found");
  await expect(card(page, "Kitchen sensor")).toBeVisible();
  await page.getByText("Add automatically", { exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Add automatically?" });
  await expect(dialog).toContainText("1 device waits here already");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  const points = async () => (await (await page.request.get("/api/v1/points")).json()).length;
  expect(await points()).toBe(0);
  await page.getByText("Add automatically", { exact: true }).click();
  await dialog.getByRole("button", { name: "Add automatically" }).click();
  await expect.poll(points).toBe(3);
  await page.request.delete("/api/v1/session", { headers: { origin: new URL(page.url()).origin } });
  await page.waitForURL(/\/login\?from=%2Ffound/);
});

test("FD-12: what was left on the broker by a device that is long gone is cleared after asking, by an admin alone, and stands in the audit", async ({
  page,
  devices,
  person,
  telltale,
}) => {
  const topics = await announce(devices, "ghost", "Old thermometer");
  await announce(devices, "alive", "Living thermometer");
  await devices.say("alive/t", "20", { retain: true });
  await page.goto("/found");
  await expect(card(page, "Living thermometer")).toContainText("20 °C");
  await expect(card(page, "Living thermometer").getByRole("button", { name: /Remove announcement/ })).toHaveCount(0);

  await page.request.post("/api/v1/users", {
    data: { ...VIEWER, role: "operator" },
    headers: { origin: telltale.url },
  });
  const other = await person(VIEWER);
  const refused = await other.page.request.post("/api/v1/found/ghost/clear", { headers: { origin: telltale.url } });
  expect(refused.status()).toBe(403);

  await card(page, "Old thermometer")
    .getByRole("button", { name: /Remove announcement/ })
    .click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("list", { name: "Announcements" })).toContainText(topics[0] ?? "");
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("Old thermometer: 3 announcements removed from the broker")).toBeVisible();
  await page
    .getByText(/^Withdrawn/)
    .first()
    .click();
  await expect(card(page, "Old thermometer")).toBeVisible();

  await devices.listen("homeassistant/#");
  await expect
    .poll(() =>
      devices.heard
        .filter(({ retained }) => retained)
        .map(({ topic }) => topic)
        .sort(),
    )
    .toEqual([
      "homeassistant/sensor/alive_h/config",
      "homeassistant/sensor/alive_t/config",
      "homeassistant/switch/alive_s/config",
    ]);
  await page.goto("/admin/audit");
  await expect(page.getByText("removed the announcements of “Old thermometer” from the broker")).toBeVisible();
});
