import { axeFaults } from "../axe";
import { consoleErrors, expect, test } from "../fixtures";
import { PointPage } from "../pages/PointPage";

const YAML = `
topics:
  - {id: temp, name: Temperature, filter: plant/temp, type: number, unit: °C, value: $.v, time: $.t}
  - {id: hall, name: Hall, filter: plant/hall, type: number, unit: °C}
  - {id: door, name: Door, filter: plant/door, type: boolean}
dashboards:
  - slug: plant
    title: Plant
    tiles:
      - {kind: value, point: hall}
      - {kind: chart, point: hall, title: Rooms, options: {points: [temp, door], span: 1h}}
`;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test.use({ start: { yaml: YAML } });

test("what was said is still there after the server was killed and started again", async ({
  person,
  telltale,
  devices,
}) => {
  const { page, dashboard } = await person();
  const errors = consoleErrors(page);
  await dashboard.open("plant");
  const hall = dashboard.tile("Hall");
  for (const value of ["20.5", "21.5", "23.5"]) {
    await devices.say("plant/hall", value);
    await hall.expectValue(value);
  }
  await hall.root.getByRole("link", { name: "Hall" }).click();
  await page.getByRole("dialog").getByRole("link", { name: "Full history" }).click();
  const point = new PointPage(page);
  await expect(page).toHaveURL(/\/p\/hall/);
  await expect(point.chart).toHaveAccessibleName(/Hall: from 20\.5 °C to 23\.5 °C, 21\.83 °C on average, now 23\.5 °C/);
  expect(errors).toEqual([]);

  // What was said within the last second may be lost; what the file answers is in it.
  await expect
    .poll(async () => (await (await page.request.get("/api/v1/points/hall/history")).json()).t.length)
    .toBe(3);
  await telltale.kill();
  await telltale.start();
  await point.open("/p/hall?span=1h");
  await expect(point.stat("min")).toHaveText("20.5 °C");
  await expect(point.stat("max")).toHaveText("23.5 °C");
  await expect(point.stat("count")).toHaveText("3");
  await expect(point.recent.getByRole("row")).toHaveCount(4);
  await expect(point.recent).toContainText("21.5 °C");
  await devices.say("plant/hall", "25");
  await expect(point.recent.getByRole("row").nth(1)).toContainText("25 °C");
  const message = page.getByRole("region", { name: "Last message" });
  await expect(message.getByRole("region", { name: "Payload" })).toHaveText("25");
  await expect(message).toContainText("plant/hall");
  await devices.say("plant/hall", "<b>warm</b>");
  await expect(message.getByRole("region", { name: "Payload" })).toHaveText("<b>warm</b>");
  await message.getByText("Bytes", { exact: true }).click();
  await expect(message.getByRole("region", { name: "Payload" })).toContainText("3c 62 3e 77 61 72 6d");
  await expect(point.stat("max")).toHaveText("25 °C");
});

test("CH-7: a spike of one reading in thirty days is seen, can be zoomed to, and is in the export", async ({
  person,
  devices,
}) => {
  const now = Date.now();
  const step = 10 * MINUTE;
  const spike = now - 12 * DAY;
  const readings = Array.from({ length: (30 * DAY) / step - 10 }, (_, i) => now - 30 * DAY + (i + 5) * step);
  const { page } = await person();
  for (let i = 0; i < readings.length; i += 200)
    await Promise.all(readings.slice(i, i + 200).map((t, k) => devices.say("plant/temp", { t, v: 20 + (k % 7) / 10 })));
  await devices.say("plant/temp", { t: spike + 1, v: 99 });
  await devices.say("plant/temp", { t: now, v: 20 });

  const point = new PointPage(page);
  await expect(async () => {
    await point.open("/p/temp?span=30d");
    await expect(point.stat("count")).toHaveText((readings.length + 2).toLocaleString("en-GB"), { timeout: 1000 });
  }).toPass();
  await expect(point.stat("max")).toHaveText("99 °C");

  // CH-7: the wheel alone scrolls the page.
  const scrolled = () => page.evaluate(() => window.scrollY);
  await point.wheel(18 / 30, 200);
  await expect.poll(scrolled).toBeGreaterThan(0);
  await point.wheel(18 / 30, -200);
  await expect.poll(scrolled).toBe(0);
  await expect(page.getByRole("radio", { name: "30 d" })).toBeChecked();

  // With Ctrl it zooms around the hand: the spike stays under it.
  for (let i = 0; i < 8; i++) await point.zoom(18 / 30, -240);
  await expect(page).toHaveURL(/from=\d+&to=\d+/);
  await expect(point.stat("max")).toHaveText("99 °C");
  await expect.poll(async () => Number((await point.stat("count").textContent())?.replace(",", ""))).toBeLessThan(400);
  await expect(page.getByRole("radio", { name: "30 d" })).not.toBeChecked();

  const { searchParams } = new URL(page.url());
  expect(Number(searchParams.get("from"))).toBeLessThan(spike);
  expect(Number(searchParams.get("to"))).toBeGreaterThan(spike);

  // The span that is exported is the one that is counted, once the last zoom has settled.
  await expect(async () => {
    const csv = await page.request.get((await page.getByRole("link", { name: "CSV" }).getAttribute("href")) ?? "");
    expect(csv.headers()["content-type"]).toContain("text/csv");
    const lines = (await csv.text()).trim().split(/\r?\n/);
    expect(lines.length - 1).toBe(Number((await point.stat("count").textContent())?.replace(",", "")));
    expect(lines.filter((line) => line.endsWith(",99"))).toHaveLength(1);
  }).toPass();

  // A stretch beside it, chosen with the mouse, does not hold it.
  await point.select(0.05, 0.3);
  await expect(point.stat("max")).toHaveText("20.6 °C");
  await page.keyboard.press("Home");
  await expect(page.getByRole("radio", { name: "30 d" })).toBeChecked();
  await expect(point.stat("max")).toHaveText("99 °C");
});

test("a chart tile shows several points and their states, follows what comes, and is told in words", async ({
  person,
  devices,
}) => {
  const { page, dashboard } = await person();
  await devices.say("plant/hall", "20");
  await devices.say("plant/door", "ON");
  // On disk, not only on the way: what the words count is what the history answers.
  for (const id of ["hall", "door"])
    await expect
      .poll(async () => (await (await page.request.get(`/api/v1/points/${id}/history`)).json()).t?.length)
      .toBe(1);
  await dashboard.open("plant");
  const tile = dashboard.tile("Rooms");
  const chart = tile.root.getByRole("img", { name: /^Chart of/ });
  await expect(chart).toHaveAccessibleName(
    /the last hour\. Hall: .* Temperature: no readings\. Door: On 100 % of the time/,
  );
  await devices.say("plant/hall", "24");
  await tile.expectValue("24");
  await expect(tile.root.getByRole("listitem").first()).toContainText("Hall 24 °C");
  await expect(chart).toHaveAccessibleName(/Hall: from 20 °C to 24 °C/, { timeout: 15_000 });

  await chart.focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(tile.root.getByRole("status").first()).toContainText(/Hall 2[04] °C/);
  await page.keyboard.press("Escape");

  await tile.root.getByText("7 d", { exact: true }).click();
  await expect(chart).toHaveAccessibleName(/the last 7 days/);
});

test("the point page puts other points on the chart, says so in its address, and passes axe", async ({
  person,
  devices,
}) => {
  const { page } = await person();
  const errors = consoleErrors(page);
  await devices.say("plant/hall", "20");
  await devices.say("plant/door", "ON");
  const point = new PointPage(page);
  await point.open("/p/hall");
  await page.getByRole("button", { name: "Add points" }).click();
  await page.getByRole("checkbox", { name: /Door/ }).check();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/with=door/);
  await expect(point.chart).toHaveAccessibleName(/Door: On/);
  await page.getByLabel("Compare with").selectOption("day");
  await expect(page).toHaveURL(/compare=day/);
  await expect(page.getByText(/Dashed lines: the day before/)).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  expect(errors).toEqual([]);
});
