import { expect, test } from "../fixtures";

const POINTS = 3000;
const yaml = `
brokers:
  - {id: main, url: BROKER_URL}
topics:
  - {id: plant, filter: plant/+/+, device: "Machine {1}", name: "{1} {2}", type: number}
  - {id: zulu, name: Zulu, filter: zulu, thresholds: [{above: 10, level: critical}]}
`;

test.use({ start: { yaml, env: { TELLTALE_ANONYMOUS: "viewer" } } });

test.beforeEach(async ({ devices, telltale, request }) => {
  const machine = (i: number) => `plant/m${String(Math.floor(i / 6)).padStart(4, "0")}/v${i % 6}`;
  for (let i = 0; i < POINTS; i += 500)
    await Promise.all(
      Array.from({ length: 500 }, (_, k) => devices.say(machine(i + k), (i + k) % 1000, { retain: true })),
    );
  await devices.say("zulu", 99, { retain: true });
  await expect
    .poll(async () => (await request.get(`${telltale.url}/everything`)).text(), { timeout: 60_000 })
    .toMatch(new RegExp(`total[\\\\]*":${POINTS + 1},`));
});

test("UI-46: a page of thousands of points is small, and each of them can be reached", async ({
  page,
  dashboard,
  request,
  telltale,
}) => {
  const html = await (await request.get(`${telltale.url}/everything`)).text();
  expect(html.length).toBeLessThan(300_000);
  await dashboard.openEverything();
  const summary = page.getByRole("list", { name: /States/ });
  await expect(summary).toContainText("1 critical");
  await expect(dashboard.tiles.first()).toHaveAccessibleName("Zulu");
  expect(await dashboard.tiles.count()).toBeLessThan(200);

  // The end of the page.
  await page.keyboard.press("End");
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expect(dashboard.tile("m0499 v5").root).toBeVisible({ timeout: 500 });
  }).toPass();
  await dashboard.tile("m0499 v5").expectValue(`${(499 * 6 + 5) % 1000}`);
  expect(await dashboard.tiles.count()).toBeLessThan(200);

  // By state, then by words.
  await summary.getByRole("button", { name: "1 critical" }).click();
  await expect(dashboard.tiles).toHaveCount(1);
  await summary.getByRole("button", { name: "1 critical" }).click();
  await page.getByRole("searchbox", { name: "Filter the points" }).fill("m0123 v4");
  await expect(dashboard.tiles).toHaveCount(1);
  await dashboard.tile("m0123 v4").expectValue(`${(123 * 6 + 4) % 1000}`);
});

test("UI-48: what is scrolled to is live, and going back leads to it again", async ({ page, dashboard, devices }) => {
  await dashboard.openEverything();
  await expect(page.getByRole("list", { name: /States/ })).toContainText("critical");
  const machine = page.getByRole("region", { name: "Machine m0250", exact: true });
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
    await expect(machine).toBeAttached({ timeout: 500 });
  }).toPass();
  await machine.scrollIntoViewIfNeeded();
  const tile = machine.getByRole("group", { name: "m0250 v2", exact: true });
  await expect(tile).toContainText(`${(250 * 6 + 2) % 1000}`);
  await devices.say("plant/m0250/v2", "-7");
  await expect(tile).toContainText("−7");

  await page.waitForFunction(() => window.history.state?.telltaleEverything);
  await page.goto("/account");
  await page.goBack();
  await expect(tile).toBeInViewport();
  await expect(tile).toContainText("−7");
});

test("UI-30: a reading lights the ring, and nothing is animated", async ({ page, dashboard, devices }) => {
  await dashboard.openEverything();
  const light = dashboard.tile("m0000 v0").root.locator(".telltale");
  await expect(page.getByRole("list", { name: /States/ })).toContainText("critical");
  await page.evaluate(() => {
    const seen = { lit: 0, animations: 0 };
    Object.assign(window, { seen });
    new MutationObserver((changes) => {
      for (const { target } of changes) if ("beat" in (target as HTMLElement).dataset) seen.lit++;
      seen.animations += document.getAnimations().filter((one) => !(one instanceof CSSTransition)).length;
    }).observe(document.body, { subtree: true, attributeFilter: ["data-beat"] });
  });
  await devices.say("plant/m0000/v0", "5");
  await expect(light).toHaveAttribute("data-beat");
  await expect(light).not.toHaveAttribute("data-beat");
  expect(await page.evaluate(() => (window as unknown as { seen: object }).seen)).toEqual({ lit: 1, animations: 0 });
});
