import { expect, signIn, test } from "../fixtures";
import { DashboardPage } from "../pages/DashboardPage";

/** What a level of a topic may hold, and a URL means something by. */
const LEVELS = [
  "100%",
  "a%25b",
  "x%2Fy",
  "%E0%A4%A",
  "why?",
  "grün 東",
  "a;b=c&d",
  "50%/deep",
  "%2e%2e",
  "back\\slash",
];

test.use({ start: { yaml: `topics:\n  - {id: tank, filter: tank/#, type: number}\n` } });

test("UI-20: whatever a point's id holds, its links open its page, and the page and the API name it as it is", async ({
  page,
  devices,
  telltale,
}) => {
  for (const [i, level] of LEVELS.entries()) await devices.say(`tank/${level}`, i, { retain: true });
  await signIn(page, telltale.url);
  type Listed = { id: string; name: string; topic: string };
  const list = async () => (await (await page.request.get("/api/v1/points")).json()) as Listed[];
  await expect.poll(async () => (await list()).length).toBe(LEVELS.length);
  for (const point of await list()) {
    expect(point.id).toBe(point.topic);
    const dashboard = new DashboardPage(page);
    await dashboard.openEverything();
    const tile = dashboard.tile(point.name);
    await tile.root.getByRole("link").click();
    await page.getByRole("dialog").getByRole("link", { name: "Full history" }).click();
    const about = page.locator(".point-about");
    await expect(page.getByRole("heading", { level: 1 }), point.id).toHaveText(point.name);
    await expect(about, point.id).toContainText(point.id);
    await expect(page).toHaveTitle(`${point.name} · Telltale`);
    // The same address, as somebody who was sent it opens it.
    await page.reload();
    await expect(about, point.id).toContainText(point.id);
    const one = await page.request.get(`/api/v1/points/${encodeURIComponent(point.id)}/readings?limit=1`);
    expect(one.status(), point.id).toBe(200);
    expect(((await one.json()) as { t: unknown[] }).t, point.id).toHaveLength(1);
  }
});
