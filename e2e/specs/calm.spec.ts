import { expect, test } from "../fixtures";

/** A long dashboard: how it comes alive, and what it does while nothing happens. */
const TILES = 300;
/** lib/everything.ts, FIRST_TILES, and the slices of TileGrid. */
const FIRST = 48;
const SLICE = 4;
const id = (i: number) => `m${String(i).padStart(3, "0")}`;
const ids = Array.from({ length: TILES }, (_, i) => id(i));
const yaml = `
brokers:
  - {id: main, url: BROKER_URL}
topics:
${ids.map((one) => `  - {id: ${one}, name: "Meter ${one}", filter: plant/${one}, type: number}`).join("\n")}
dashboards:
  - slug: plant
    title: Plant
    tiles:
${ids.map((one) => `      - {kind: value, point: ${one}}`).join("\n")}
`;

test.use({ start: { yaml, env: { TELLTALE_ANONYMOUS: "viewer" } } });

test.beforeEach(async ({ devices, telltale, request }) => {
  for (const one of ids) await devices.say(`plant/${one}`, 7, { retain: true });
  await expect
    .poll(async () => (await (await request.get(`${telltale.url}/everything`)).text()).match(/data-value/g)?.length)
    .toBe(FIRST);
});

test("UI-47: the first 48 tiles of a dashboard come alive together, the others in slices", async ({
  page,
  request,
  telltale,
  dashboard,
}) => {
  const html = await (await request.get(`${telltale.url}/d/plant`)).text();
  expect(html.match(/data-value/g)).toHaveLength(FIRST);
  await page.addInitScript(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    // What counts is what React adds to the HTML.
    document.addEventListener("DOMContentLoaded", () => {
      const count = () => document.querySelectorAll("[data-value]").length;
      seen.push(count());
      new MutationObserver(() => {
        if (count() !== seen.at(-1)) seen.push(count());
      }).observe(document.body, { subtree: true, childList: true });
    });
  });
  await dashboard.open("plant");
  await expect(page.locator("[data-value]")).toHaveCount(TILES);
  const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen);
  expect(seen[0]).toBe(FIRST);
  for (let i = 1; i < seen.length; i++)
    expect((seen[i] as number) - (seen[i - 1] as number)).toBeLessThanOrEqual(SLICE);
});

test("UI-32, UI-33: while nothing happens, only ages in sight are written, and only when their words change", async ({
  page,
  dashboard,
  devices,
}) => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await dashboard.open("plant");
  await expect(page.locator("[data-value]")).toHaveCount(TILES);
  await devices.say(`plant/${id(0)}`, 8);
  await devices.say(`plant/${id(TILES - 1)}`, 8);
  await dashboard.tile(`Meter ${id(TILES - 1)}`).expectValue("8");
  const age = dashboard.tile(`Meter ${id(0)}`).root.locator(".tile-age");
  await expect(age).toHaveText("now");
  await page.evaluate(() => {
    const writes: { tile: string | undefined; text: string; where: string }[] = [];
    Object.assign(window, { writes });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const at = target instanceof Element ? target : target.parentElement;
        writes.push({
          tile: at?.closest(".tile")?.getAttribute("aria-label") ?? undefined,
          text: target.textContent ?? "",
          where: String(at?.className),
        });
      }
    }).observe(document.querySelector("main") as HTMLElement, { subtree: true, childList: true, characterData: true });
  });
  await expect(age).toHaveText("15 s ago", { timeout: 30_000 });
  const writes = await page.evaluate(
    () => (window as unknown as { writes: { tile?: string; text: string; where: string }[] }).writes,
  );
  // A trace moves with its readings, and the one of the last reading may come behind it.
  const written = writes.filter(({ where }) => where !== "trace");
  expect(written.filter(({ where }) => where !== "tile-age")).toEqual([]);
  const of = (one: string) => written.filter(({ tile }) => tile === `Meter ${one}`).map(({ text }) => text);
  expect(of(id(0))).toEqual(["5 s ago", "10 s ago", "15 s ago"]);
  expect(of(id(TILES - 1))).toEqual([]);
  expect(faults).toEqual([]);
});
