import { ADMIN, consoleErrors, expect, test } from "../fixtures";
import { LoginPage } from "../pages/LoginPage";
import { SetupPage } from "../pages/SetupPage";

const YAML = `
topics:
  - {id: lamp, name: Lamp, filter: lamp/state, type: boolean, payloads: {on: "ON", off: "OFF"}, command: {topic: lamp/set}}
`;

test.describe("first run", () => {
  test.use({ start: { broker: "demo", firstRun: true } });

  test("the one-time link makes the first admin, and the demo house is live", async ({
    page,
    telltale,
    setupPage,
    dashboard,
  }) => {
    const errors = consoleErrors(page);
    await page.goto(SetupPage.link(telltale.log()));
    await setupPage.createAdmin({ username: "ana", password: "a lamp in the hall" });
    await dashboard.open("house");
    await expect(dashboard.tiles.filter({ has: page.locator("[data-value]") }).first()).toBeVisible();
    await expect(page.locator('[role="group"][data-state="live"]').nth(5)).toBeVisible();
    const pump = dashboard.page
      .getByRole("group")
      .filter({ has: page.getByRole("switch") })
      .first();
    const was = await pump.getByRole("switch").getAttribute("aria-checked");
    await pump.getByRole("switch").click();
    await expect(pump.getByRole("switch")).toHaveAttribute("aria-checked", was === "true" ? "false" : "true");
    await expect(pump).toHaveAttribute("data-command", "confirmed");
    expect(errors).toEqual([]);

    await page.context().clearCookies();
    await page.goto(SetupPage.link(telltale.log()));
    await expect(setupPage.submit).toBeHidden();
  });

  test("a wrong link makes nobody an admin, and says where the right one is", async ({ page, setupPage }) => {
    await page.goto("/setup?token=guess");
    await expect(page.getByText(/printed|log|terminal/i).first()).toBeVisible();
    await expect(setupPage.submit).toBeHidden();
  });
});

test.describe("signed in or not", () => {
  test.use({ start: { yaml: YAML } });

  test("nobody looks without a login; a wrong password says so; signing out ends the page", async ({
    page,
    loginPage,
    dashboard,
  }) => {
    await page.goto("/everything");
    await page.waitForURL(/\/login/);
    await loginPage.fill({ username: ADMIN.username, password: "not this one" });
    await expect(loginPage.problem).toContainText(/user name|password/i);
    await loginPage.fill(ADMIN);
    await page.waitForURL(/\/everything/);
    await expect(dashboard.tile("Lamp").root).toBeVisible();
  });

  test("a viewer sees but cannot operate, neither on the page nor behind it", async ({ person, devices, telltale }) => {
    await devices.say("lamp/state", "OFF", { retain: true });
    const admin = await person();
    const made = await admin.page.request.post("/api/v1/users", {
      data: { username: "vera", password: "only looking", role: "viewer" },
      headers: { origin: telltale.url },
    });
    expect(made.ok()).toBe(true);
    const { dashboard, page } = await person({ username: "vera", password: "only looking" });
    await dashboard.openEverything();
    const lamp = dashboard.tile("Lamp");
    await lamp.expectOn(false);
    await expect(lamp.switch).toBeDisabled();
    const sent = await page.request.post("/api/v1/points/lamp/commands", {
      data: { value: true },
      headers: { origin: telltale.url },
    });
    expect(sent.status()).toBe(403);
    expect((await sent.json()).code).toBe("not-allowed");
    await page.goto("/admin/topics");
    await expect(page.getByRole("heading", { name: "Registered topics" })).toBeHidden();
  });

  test("a demotion reaches an open page within a second", async ({ person, devices, telltale }) => {
    await devices.say("lamp/state", "OFF", { retain: true });
    const admin = await person();
    const origin = telltale.url;
    const made = await admin.page.request.post("/api/v1/users", {
      data: { username: "otto", password: "pumps and lamps", role: "operator" },
      headers: { origin },
    });
    const { id } = await made.json();
    const otto = await person({ username: "otto", password: "pumps and lamps" });
    await otto.dashboard.openEverything();
    const lamp = otto.dashboard.tile("Lamp");
    await expect(lamp.switch).toBeEnabled();
    await admin.page.request.patch(`/api/v1/users/${id}`, { data: { role: "viewer" }, headers: { origin } });
    await expect(lamp.switch).toBeDisabled({ timeout: 2000 });
  });
});

test.describe("TELLTALE_ANONYMOUS=viewer", () => {
  test.use({ start: { yaml: YAML, env: { TELLTALE_ANONYMOUS: "viewer" } } });

  test("lets people look without a login, with values in the page's HTML, and operate nothing", async ({
    page,
    dashboard,
    devices,
  }) => {
    await devices.say("lamp/state", "ON", { retain: true });
    await dashboard.openEverything();
    await dashboard.tile("Lamp").expectOn(true);
    await expect(dashboard.tile("Lamp").switch).toBeDisabled();
    const html = await (await page.request.get("/everything")).text();
    expect(html).toContain("data-value");
    expect(html).toContain("Lamp");
    await new LoginPage(page).open();
    await expect(new LoginPage(page).submit).toBeVisible();
  });
});
