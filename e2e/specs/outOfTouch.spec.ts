import { expect, signIn, test } from "../fixtures";

test.use({
  start: {
    yaml: `
topics:
  - {id: one, name: One, filter: house/one, type: number}
dashboards:
  - {slug: house, title: House, tiles: [{kind: value, point: one}]}
`,
  },
});

test("UI-53: while the server is away, no light of the navigation or of an admin page is green", async ({
  page,
  telltale,
}) => {
  await signIn(page, telltale.url);
  const admin = await page.context().newPage();
  await admin.goto("/admin/brokers");
  await page.goto("/d/house");
  for (const one of [page, admin]) await expect(one.locator("aside [data-light]")).toHaveCount(2);
  for (const one of [page, admin]) await expect(one.locator('aside [data-light="live"]')).toHaveCount(2);
  await telltale.stop();
  for (const one of [page, admin]) {
    await one.bringToFront();
    await expect(one.locator("aside")).toContainText("unknown: no connection to Telltale", { timeout: 30_000 });
    await expect(one.locator('aside [data-light="live"]')).toHaveCount(0);
  }
  await expect(admin.getByText("Showing the last known state.")).toBeVisible();
  await expect(admin.locator(".grayscale").getByRole("list", { name: "Brokers" })).toBeVisible();
  // And green again once it is back.
  await telltale.start();
  for (const one of [page, admin]) {
    await one.bringToFront();
    await expect(one.locator('aside [data-light="live"]')).toHaveCount(2, { timeout: 30_000 });
  }
});

test("UI-55: the item of a menu that has the keyboard's focus has a ring", async ({ page, telltale }) => {
  await signIn(page, telltale.url);
  await page.goto("/admin/brokers");
  await page.getByRole("button", { name: /Actions for/ }).focus();
  await page.keyboard.press("Enter");
  const item = page.getByRole("menuitem").first();
  await expect(item).toBeFocused();
  await expect(item).toHaveCSS("outline-style", "solid");
  await expect(item).toHaveCSS("outline-width", "2px");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("UI-54: the buttons that save or leave a form stand in one row", async ({ page, telltale }) => {
    await signIn(page, telltale.url);
    const headers = { origin: telltale.url };
    const tiles = ["one", "one"].map((point) => ({ kind: "value", point }));
    await page.request.post("/api/v1/dashboards", { data: { slug: "mine", title: "Mine", tiles }, headers });
    await page.goto("/d/mine");
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    const top = async (role: "button" | "link", name: string) =>
      (await page.getByRole(role, { name, exact: true }).first().boundingBox())?.y;
    await expect(page.getByRole("button", { name: "Discard" })).toBeVisible();
    // The bar moves while the form settles: both are looked at again until they stand still.
    const apart = async (a: Promise<number | undefined>, b: Promise<number | undefined>) =>
      ((await a) ?? 0) - ((await b) ?? Number.NaN);
    await expect.poll(() => apart(top("button", "Save"), top("button", "Discard"))).toBe(0);
    await expect.poll(() => apart(top("button", "Remove One"), top("button", "Settings of One"))).toBe(0);
    await page.goto("/admin/topics/new");
    await page.getByLabel("Topic filter").fill("house/one/of/several/levels");
    await expect(page.getByRole("button", { name: "Register", exact: true })).toBeVisible();
    await expect.poll(() => apart(top("button", "Register"), top("link", "Cancel"))).toBe(0);
  });
});
