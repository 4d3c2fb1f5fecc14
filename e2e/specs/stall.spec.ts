import type { Page } from "@playwright/test";
import { startProxy } from "../../server/faults/proxy";
import { expect, test } from "../fixtures";
import { DashboardPage } from "../pages/DashboardPage";

/** docs/design.md, “Gestures expire”: what was pressed while the connection stood still is not carried out when it goes on. */

/** One pump for each stall: all of them stand still at the same time. */
const STALLS = [5, 20, 60];
const pump = (id: string, name: string): string => `
  - id: ${id}
    name: ${name}
    filter: plant/${id}/state
    type: boolean
    payloads: {on: "ON", off: "OFF"}
    command: {topic: plant/${id}/set, confirm: 4s}`;

const YAML = `
topics:${pump("pump", "Pump")}${STALLS.map((s) => pump(`pump${s}`, `Pump ${s}`)).join("")}
dashboards:
  - slug: plant
    title: Plant
    tiles: [${["pump", ...STALLS.map((s) => `pump${s}`)].map((id) => `{kind: switch, point: ${id}}`).join(", ")}]
`;
test.use({ start: { yaml: YAML } });

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const NOT_SENT = /not sent: the connection was interrupted/i;

interface AuditRow {
  action: string;
  target: string;
  detail: { code?: string };
}

const commandRows = async (page: Page, target: string): Promise<AuditRow[]> => {
  const answer = await page.request.get("/api/v1/audit?limit=200");
  return ((await answer.json()) as AuditRow[]).filter(
    (row) => row.action.startsWith("command") && row.target === target,
  );
};

/** Through the wire, which the test can stop: a cookie is for all ports of a host. */
async function openThrough(page: Page, wire: { port: number }, name = "Pump"): Promise<DashboardPage> {
  await page.goto(`http://127.0.0.1:${wire.port}/d/plant`);
  const dashboard = new DashboardPage(page);
  await expect(dashboard.tile(name).switch).toBeEnabled();
  return dashboard;
}

test("CM-31, CM-34, CM-41: a switch pressed in a stall of 5, 20 or 60 s is never published, and says so until it is dismissed", async ({
  telltale,
  devices,
  person,
}) => {
  // The stalls run side by side: about 75 s on a machine that does nothing else.
  for (const s of STALLS) await devices.say(`plant/pump${s}/state`, "OFF", { retain: true });
  await devices.listen("plant/+/set");
  const other = await person();
  await other.dashboard.open("plant");
  const published = (id: string) => devices.heard.filter(({ topic }) => topic === `plant/${id}/set`);

  await Promise.all(
    STALLS.map(async (seconds) => {
      const id = `pump${seconds}`;
      const page = await other.page.context().newPage();
      const wire = await startProxy({ host: "127.0.0.1", port: Number(new URL(telltale.url).port) });
      try {
        const tile = (await openThrough(page, wire, `Pump ${seconds}`)).tile(`Pump ${seconds}`);
        const seenByOther = other.dashboard.tile(`Pump ${seconds}`);
        await tile.expectOn(false);

        wire.stall();
        await tile.switch.click();
        await tile.expectText(/not known yet/);
        await pause(seconds * 1000);
        expect(published(id)).toEqual([]);

        wire.resume();
        await expect(tile.root).toContainText(NOT_SENT, { timeout: 30_000 });
        await tile.expectOn(false);
        await expect(seenByOther.root).toContainText(NOT_SENT);
        expect((await commandRows(other.page, id)).map((row) => [row.action, row.detail.code])).toEqual([
          ["command-refused", "too-late"],
        ]);

        await page.reload();
        await tile.expectText(NOT_SENT);
        await tile.button("Dismiss").click();
        await expect(tile.root).not.toContainText(NOT_SENT);
        await expect(seenByOther.root).not.toContainText(NOT_SENT);
        await page.reload();
        await tile.expectOn(false);
        await expect(tile.root).not.toContainText(NOT_SENT);
        // The next press works, and is the only one that the device ever hears: what waited in the wire came before it.
        await expect(tile.switch).toBeEnabled();
        await tile.switch.click();
        await expect.poll(() => published(id).map((m) => m.text)).toEqual(["ON"]);
      } finally {
        await wire.stop();
      }
    }),
  );
  expect(devices.heard).toHaveLength(STALLS.length);
});

test("CM-31: a switch pressed while the browser is off-line is never published", async ({ devices, person }) => {
  await devices.say("plant/pump/state", "OFF", { retain: true });
  await devices.listen("plant/pump/set");
  const { dashboard, page } = await person();
  await dashboard.open("plant");
  const tile = dashboard.tile("Pump");
  await expect(tile.switch).toBeEnabled();
  await page.context().setOffline(true);
  // Where the switch closed the connection at once, nothing can be pressed any more, which is as good.
  if (await tile.switch.isEnabled()) await tile.switch.click();
  await pause(8000);
  await page.context().setOffline(false);
  await expect(tile.switch).toBeEnabled({ timeout: 30_000 });
  await pause(3000);
  const pressed = await commandRows(page, "pump");
  expect(pressed.filter((row) => row.action === "command")).toEqual([]);
  expect(devices.heard).toEqual([]);
});

test("FR-61: ten seconds after the line is cut the count, the lights and the bar say so together", async ({
  telltale,
  devices,
  person,
}) => {
  const { page } = await person();
  await devices.say("plant/pump/state", "OFF", { retain: true });
  const wire = await startProxy({ host: "127.0.0.1", port: Number(new URL(telltale.url).port) });
  try {
    const dashboard = await openThrough(page, wire);
    await devices.say("plant/pump/state", "OFF");
    await dashboard.tile("Pump").expectState("live");
    await expect(page.getByRole("button", { name: "1 live" })).toBeVisible();
    await page.evaluate(() => {
      const seen = { bar: 0, state: 0, count: 0 };
      Object.assign(window, { seen });
      let frame = 0;
      const look = (): void => {
        frame++;
        if (document.querySelector(".link-bar")) seen.bar ||= frame;
        if (document.querySelector('[data-state="stale"]')) seen.state ||= frame;
        if (document.querySelector('.summary-item[data-key="live"]')?.textContent?.startsWith("0"))
          seen.count ||= frame;
        if (!seen.bar || !seen.state || !seen.count) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    wire.stall();
    const cutAt = Date.now();
    await expect(dashboard.connectionLost).toBeVisible({ timeout: 15_000 });
    // The last heartbeat came at most five seconds before the cut.
    expect(Date.now() - cutAt).toBeLessThan(11_000);
    await dashboard.tile("Pump").expectState("stale");
    const seen = await page.evaluate(() => (window as unknown as { seen: Record<string, number> }).seen);
    const frames = Object.values(seen);
    expect(frames).not.toContain(0);
    // A quarter of a second; a slow machine draws fewer of them.
    expect(Math.max(...frames) - Math.min(...frames)).toBeLessThan(15);
  } finally {
    await wire.stop();
  }
});
