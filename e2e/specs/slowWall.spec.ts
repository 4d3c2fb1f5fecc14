import { expect, signIn, test } from "../fixtures";

/** A long wall of controls and charts: what a reading costs there. */
const SLIDERS = 200;
const slider = (i: number) => `s${i}`;
const sliders = Array.from({ length: SLIDERS }, (_, i) => slider(i));
const yaml = `
brokers:
  - {id: main, url: BROKER_URL}
topics:
${sliders.map((id) => `  - {id: ${id}, name: "Slider ${id}", filter: wall/${id}, type: number, command: {topic: wall/${id}/set, min: 0, max: 100}}`).join("\n")}
dashboards:
  - slug: wall
    title: Wall
    tiles:
${sliders.map((id) => `      - {kind: slider, point: ${id}}`).join("\n")}
      - {kind: chart, title: The past, point: s0, options: {span: 1h}}
`;
const FIRST = "Slider s0";
const LAST = `Slider ${slider(SLIDERS - 1)}`;

test.use({ start: { yaml } });

test.beforeEach(({ page, telltale }) => signIn(page, telltale.url));

/** What React last rendered the element with: another object after each rendering of what surrounds it. */
const RENDERED = "__reactProps$";

test("UI-36: a reading renders the value of a slider, not the tile around it", async ({ page, dashboard, devices }) => {
  await devices.say(`wall/${slider(0)}`, 1, { retain: true });
  await dashboard.open("wall");
  const { root } = dashboard.tile(FIRST);
  const thumb = page.getByRole("slider", { name: FIRST });
  await expect(thumb).toBeEnabled();
  await devices.say(`wall/${slider(0)}`, 2);
  await expect(thumb).toHaveAttribute("aria-valuetext", "2");
  await root.evaluate((tile, rendered) => {
    const key = Object.keys(tile).find((one) => one.startsWith(rendered));
    if (!key) throw new Error("React keeps its props elsewhere: find out where, and look there");
    const props = () => (tile as unknown as Record<string, unknown>)[key];
    Object.assign(window, { props, before: props() });
  }, RENDERED);
  for (const value of [3, 4, 5]) {
    await devices.say(`wall/${slider(0)}`, value);
    await expect(thumb).toHaveAttribute("aria-valuetext", String(value));
  }
  const kept = await page.evaluate(() => {
    const { props, before } = window as unknown as { props(): unknown; before: unknown };
    return props() === before;
  });
  expect(kept).toBe(true);
});

test("UI-37: a slider off the screen follows its device, and stands right when it comes into sight", async ({
  page,
  dashboard,
  devices,
}) => {
  await dashboard.open("wall");
  const thumb = page.locator(`input[aria-label="${LAST}"]`);
  await expect(thumb).toBeEnabled();
  await expect(thumb).not.toBeInViewport();
  for (const value of [20, 30, 40]) await devices.say(`wall/${slider(SLIDERS - 1)}`, value);
  await expect(thumb).toHaveAttribute("aria-valuetext", "40");
  await expect(thumb).not.toBeInViewport();
  await thumb.scrollIntoViewIfNeeded();
  await devices.say(`wall/${slider(SLIDERS - 1)}`, 50);
  await expect(page.getByRole("slider", { name: LAST })).toHaveValue("50");
});

test("UI-38: a chart is made, and asks for its past, when somebody sees it first", async ({ page, dashboard }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/v1/history")) asked.push(request.url());
  });
  await dashboard.open("wall");
  const tile = page.locator('.tile[data-kind="chart"]');
  await expect(tile.locator("[data-value]")).toHaveCount(1);
  await expect(page.getByRole("slider", { name: FIRST })).toBeEnabled();
  expect(asked).toEqual([]);
  await expect(page.locator("canvas")).toHaveCount(0);
  await tile.scrollIntoViewIfNeeded();
  await expect(tile.locator("canvas")).toHaveCount(1);
  await expect.poll(() => asked.length).toBeGreaterThan(0);
});
