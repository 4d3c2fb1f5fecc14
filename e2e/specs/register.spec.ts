import { expect, test } from "../fixtures";

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
  await page.goto("/admin/topics/new");
  await page.getByLabel("Topic filter").fill("greenhouse/+/climate");
  const arrives = page.getByRole("list", { name: "Messages" });
  await expect(async () => {
    await devices.say("greenhouse/north/climate", { t: 21.4, h: 63, name: "<b>bold</b>" });
    await expect(arrives).toContainText("greenhouse/north/climate", { timeout: 500 });
  }).toPass();
  // Markup in a payload is text.
  await expect(arrives).toContainText("<b>bold</b>");

  await page.getByLabel("Path in the payload").fill("$.t");
  await expect(page.getByRole("list", { name: /Values read from greenhouse\/north/ })).toContainText("21.4");
  await page.getByLabel("Unit").fill("°C");
  await page.getByLabel("Name", { exact: true }).fill("{1} air");
  await page.getByLabel("Id", { exact: true }).fill("air");
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.waitForURL(/\/admin\/topics\/air$/);

  await dashboard.openEverything();
  await devices.say("greenhouse/north/climate", { t: 22.5 });
  await devices.say("greenhouse/south/climate", { t: 19 });
  await dashboard.tile("north air").expectValue(/22\.5/);
  await dashboard.tile("south air").expectValue(/19/);
  await dashboard.tile("north air").expectText("°C");
});

test("a faulty registration is refused at its field, and nothing is saved", async ({ person }) => {
  const { page } = await person();
  await page.goto("/admin/topics/new");
  await page.getByLabel("Topic filter").fill("plant/#/x");
  await page.getByLabel("Id", { exact: true }).fill("fixed");
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
