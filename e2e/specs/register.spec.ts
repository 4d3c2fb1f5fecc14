import { expect, signIn, test } from "../fixtures";
import { RegistrationForm } from "../pages/RegistrationForm";

const YAML = `
topics:
  - {id: fixed, name: Fixed, filter: fixed/topic, type: number}
dashboards:
  - {slug: plant, title: Plant, tiles: [{kind: value, point: fixed}]}
`;

test.use({ start: { yaml: YAML } });

test("a topic is registered while its messages are looked at, and its tile lives at once", async ({
  person,
  devices,
}) => {
  const { page, dashboard } = await person();
  const form = new RegistrationForm(page);
  await form.openNew();
  await form.filter.fill("greenhouse/+/climate");
  const arrives = page.getByRole("list", { name: "Messages" });
  await expect(async () => {
    await devices.say("greenhouse/north/climate", { t: 21.4, h: 63, name: "<b>bold</b>" });
    await expect(arrives).toContainText("greenhouse/north/climate", { timeout: 500 });
  }).toPass();
  // Markup in a payload is text.
  await expect(arrives).toContainText("<b>bold</b>");

  await form.tick("t").check();
  await expect(page.getByRole("list", { name: /Values read from greenhouse\/north/ })).toContainText("21.4");
  await form.unit.fill("°C");
  await form.name.fill("{1} air");
  await form.openMore();
  await expect(page.getByLabel("Path in the payload")).toHaveValue("$.t");
  await form.id.fill("air");
  await form.save.click();
  await page.waitForURL(/\/admin\/topics\/air$/);

  await dashboard.openEverything();
  await devices.say("greenhouse/north/climate", { t: 22.5 });
  await devices.say("greenhouse/south/climate", { t: 19 });
  await dashboard.tile("north air").expectValue(/22\.5/);
  await dashboard.tile("south air").expectValue(/19/);
  await dashboard.tile("north air").expectText("°C");
});

test("RG-110, RG-112: several values are ticked, named and registered without opening More, by keyboard alone", async ({
  person,
  devices,
}) => {
  const { page, dashboard } = await person();
  const form = new RegistrationForm(page);
  await devices.say("cellar/boiler", { t: 61.5, p: 1.4, fw: "2.0" }, { retain: true });
  await form.openNew();
  await form.filter.fill("cellar/boiler");
  await expect(form.found.getByRole("listitem")).toHaveText([/t.*61\.5/, /p.*1\.4/, /fw.*2\.0/]);
  await form.tick("t").focus();
  await page.keyboard.press("Space");
  await form.unit.fill("°C");
  await form.tick("p").focus();
  await page.keyboard.press("Space");
  // What was said of the one value goes along with it.
  await expect(form.unit.first()).toHaveValue("°C");
  await form.unit.nth(1).fill("bar");
  await page.getByLabel("Name of this value").nth(1).fill("Pressure");
  await form.name.fill("Boiler");
  await expect(form.more).not.toHaveAttribute("open");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/admin\/topics\/boiler$/);
  const { registration } = await (await page.request.get("/api/v1/registrations/boiler")).json();
  expect(registration).toEqual({
    id: "boiler",
    name: "Boiler",
    filter: "cellar/boiler",
    values: { t: { value: "$.t", unit: "°C" }, p: { value: "$.p", name: "Pressure", unit: "bar" } },
  });
  await dashboard.openEverything();
  await dashboard.tile("Pressure").expectText("bar");
});

test("RG-111: More is open where a stored registration says something in there, and opens at a fault in it", async ({
  person,
  telltale,
}) => {
  const { page } = await person();
  const form = new RegistrationForm(page);
  const headers = { origin: telltale.url };
  for (const [id, more] of [
    ["plain", {}],
    ["placed", { area: "Hall" }],
  ] as const)
    await page.request.post("/api/v1/registrations", { data: { id, filter: `house/${id}`, ...more }, headers });
  await page.goto("/admin/topics/placed");
  await expect(form.more).toHaveAttribute("open");
  await page.goto("/admin/topics/plain");
  await expect(form.filter).toHaveValue("house/plain");
  await expect(form.more).not.toHaveAttribute("open");
  await form.openNew();
  await form.filter.fill("+/+");
  await form.save.click();
  await expect(form.more).toHaveAttribute("open");
  await expect(form.id).toBeFocused();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("RG-114: the bar that registers is whole above the navigation before anything is scrolled", async ({
    page,
    telltale,
    devices,
  }) => {
    // What arrives fills the screen, so that the column with the values begins below it.
    await devices.say("cellar/boiler", Object.fromEntries("abcdefghij".split("").map((name, i) => [name, i])), {
      retain: true,
    });
    await signIn(page, telltale.url);
    const form = new RegistrationForm(page);
    await form.openNew();
    await form.filter.fill("cellar/boiler");
    await expect(form.found).toBeVisible();
    const bottom = async () => {
      const box = await form.save.boundingBox();
      return box ? box.y + box.height : undefined;
    };
    const nav = page.getByRole("navigation").filter({ visible: true }).last();
    const top = (await nav.boundingBox())?.y ?? 0;
    expect(top).toBeGreaterThan(400);
    await expect.poll(bottom).toBeLessThan(top);
    // Above all else: what a press there hits is the button.
    await form.save.click({ trial: true });
    await form.openMore();
    await expect.poll(bottom).toBeLessThan(top);
    await page.evaluate(() => window.scrollTo(0, 0));
    await expect.poll(bottom).toBeLessThan(top);
  });
});

test("RG-115: a faulty registration is refused at its field, and nothing is saved", async ({ person }) => {
  const { page } = await person();
  const form = new RegistrationForm(page);
  await form.openNew();
  await form.filter.fill("plant/#/x");
  // The fault that appears with this press does not move More away from it.
  await form.openMore();
  await form.id.fill("fixed");
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await expect(page.getByLabel("Topic filter")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText(/must stand alone in the last level/).first()).toBeVisible();
  await page.getByLabel("Topic filter").fill("plant/x");
  // What is wrong is told by the names of the fields, and leads there.
  const where = page.getByLabel("Only messages where");
  await where.fill("payload.id ==");
  const faults = page.getByRole("alert").filter({ hasText: "attention" });
  await expect(faults).toHaveText("One field needs attention:Only messages where: It ends too early, at character 14.");
  await page.getByLabel("Unit").focus();
  await faults.getByRole("button", { name: "Only messages where" }).click();
  await expect(where).toBeFocused();
  await where.fill("");
  await page.getByRole("button", { name: "Add a threshold" }).click();
  await expect(faults.getByRole("button")).toHaveText("Threshold 1: value");
  await page.getByRole("button", { name: "Remove threshold 1" }).click();

  await page.getByRole("button", { name: "Register", exact: true }).click();
  await expect(page.getByLabel("Id", { exact: true })).toHaveAttribute("aria-invalid", "true");
  expect(page.url()).toContain("/admin/topics/new");
});

test("a changed telltale.yaml takes effect live; a faulty one is refused whole, with its line", async ({
  person,
  devices,
  telltale,
}) => {
  const { page, dashboard } = await person();
  await dashboard.openEverything();
  await devices.say("fixed/topic", "1");
  await dashboard.tile("Fixed").expectValue(/1/);
  telltale.writeYaml(
    `${YAML.replace("dashboards:", "  - {id: second, name: Second, filter: second/topic}\ndashboards:")}`,
  );
  await expect(dashboard.tile("Second").root).toBeVisible();
  await devices.say("second/topic", "7");
  await dashboard.tile("Second").expectValue(/7/);
  telltale.writeYaml("topics:\n  - {id: fixed, filter: 'a/#/b'}\n");
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/line 2|:2:/).first()).toBeVisible({ timeout: 1000 });
  }).toPass();
  await dashboard.tile("Second").expectValue(/7/);
});

test("an admin makes a dashboard, adds a tile, and everyone's navigation knows it", async ({ person, devices }) => {
  const { page, dashboard } = await person();
  await dashboard.openEverything();
  await page.getByRole("button", { name: "New dashboard" }).click();
  await page.getByLabel(/Title|Name/).fill("Attic");
  await page.getByRole("button", { name: /^(Create|Make)/ }).click();
  await page.waitForURL(/\/d\/attic/);
  await page.getByRole("button", { name: "Add tiles" }).click();
  const choice = page.getByRole("dialog", { name: "Add tile" });
  await choice.getByRole("radio", { name: /Fixed/ }).check();
  await choice.getByRole("button", { name: "Add tile" }).click();
  await expect(choice.getByRole("status")).toHaveText("Fixed added");
  await choice.getByRole("button", { name: "Done" }).click();
  const asked = page.waitForEvent("dialog");
  const leaving = page.getByRole("navigation").getByRole("link", { name: "Everything" }).click();
  await (await asked).dismiss();
  await leaving;
  await page.getByRole("button", { name: "Save" }).click();
  await devices.say("fixed/topic", "42");
  await dashboard.tile("Fixed").expectValue(/42/);
  await page.reload();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Attic" })).toBeVisible();
  await dashboard.tile("Fixed").expectValue(/42/);
});
