import { chromium, type Page } from "@playwright/test";
import { startProxy } from "../../server/faults/proxy";
import { openViewer } from "../../server/faults/viewer";
import { expect, test } from "../fixtures";
import { DashboardPage } from "../pages/DashboardPage";

/** docs/design.md, “When things go wrong”: a browser that was asleep or off-line says so itself, catches up once at most, and is right within 5 s. */

const YAML = `
topics:
  - {id: count, name: Count, filter: plant/count, type: number}
  - {id: door, name: Door, filter: plant/door, type: text}
`;
test.use({ start: { yaml: YAML, env: { TELLTALE_ANONYMOUS: "viewer" } } });

/** Longer than a page waits before it takes a silent connection for dead (20 s). */
const GAP_MS = Number(process.env.TELLTALE_GAP_MS ?? 25_000);
const RIGHT_WITHIN_MS = 5000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** How often the page asked for what it missed, from now on. */
function countCatchUps(page: Page): () => number {
  let count = 0;
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      if (/"view:(watch|sync)"/.test(String(payload))) count++;
    }),
  );
  return () => count;
}

const longestGap = (times: readonly number[], from: number): number => {
  const seen = times.filter((at) => at >= from);
  return Math.max(...seen.slice(1).map((at, i) => at - (seen[i] as number)));
};

test("FR-60, FR-61: a browser that slept catches up at most once and is right within five seconds, and the others do not notice", async ({
  telltale,
  devices,
  launchOptions,
}) => {
  const laptop = await chromium.launchServer(launchOptions);
  const pid = laptop.process().pid as number;
  // The whole of it: browser, renderer and network service are one process group.
  const signal = (name: "SIGSTOP" | "SIGCONT") => process.kill(-pid, name);
  const other = await openViewer(telltale.url);
  let n = 0;
  const publishedAt: number[] = [];
  const talking = setInterval(() => {
    publishedAt.push(Date.now());
    devices.client.publish("plant/count", String(++n));
  }, 50);
  try {
    const page = await (await chromium.connect(laptop.wsEndpoint())).newPage({ baseURL: telltale.url });
    const catchUps = countCatchUps(page);
    const dashboard = new DashboardPage(page);
    await devices.say("plant/door", "open");
    // A point that comes while the page opens is one more question of the page.
    const points = async () => (await (await page.request.get("/api/v1/points")).json()).length;
    await expect.poll(points).toBe(2);
    await dashboard.openEverything();
    await dashboard.tile("Door").expectValue("open");
    await expect.poll(catchUps).toBe(1);

    const sleptAt = Date.now();
    signal("SIGSTOP");
    await pause(GAP_MS);
    // Said while it slept, and not again.
    await devices.say("plant/door", "shut");
    clearInterval(talking);
    await devices.say("plant/count", "777777");
    const wokenAt = Date.now();
    signal("SIGCONT");
    await expect(dashboard.tile("Count").value).toHaveText(/777.?777/, { timeout: RIGHT_WITHIN_MS });
    await expect(dashboard.tile("Door").value).toHaveText("shut", { timeout: RIGHT_WITHIN_MS });
    await dashboard.tile("Door").expectState("live");
    expect(Date.now() - wokenAt).toBeLessThan(RIGHT_WITHIN_MS);
    await expect(page.getByText(/last known values/)).toHaveCount(0);
    await pause(RIGHT_WITHIN_MS);
    // None where the system kept all frames for it, one where the connection did not outlast the sleep.
    expect(catchUps()).toBeLessThanOrEqual(2);

    expect(other.faults).toEqual([]);
    expect(other.goodbyes).toEqual([]);
    expect(longestGap(other.frameTimes, sleptAt + 100)).toBeLessThan(longestGap(publishedAt, sleptAt) + 1500);
    expect(other.points.get("count")?.value).toBe(777_777);
  } finally {
    clearInterval(talking);
    signal("SIGCONT");
    other.close();
    await laptop.close();
  }
});

test("FR-60, FR-61: a page whose wire went dead says so itself, and is right within five seconds when it is back", async ({
  page,
  telltale,
  devices,
}) => {
  const wire = await startProxy({ host: "127.0.0.1", port: Number(new URL(telltale.url).port) });
  try {
    const dashboard = new DashboardPage(page);
    await devices.say("plant/door", "open");
    await page.goto(`http://127.0.0.1:${wire.port}/everything`);
    await dashboard.tile("Door").expectValue("open");
    // The value above stood in the HTML: only what comes later tells that the page is connected.
    await devices.say("plant/door", "ajar");
    await dashboard.tile("Door").expectValue("ajar");
    await expect(page.getByText(/last known values/)).toHaveCount(0);
    const catchUps = countCatchUps(page);

    wire.swallow();
    await devices.say("plant/door", "shut");
    await expect(page.getByText(/showing the last known values/)).toBeVisible({ timeout: 15_000 });
    await dashboard.tile("Door").expectValue("ajar");
    await pause(GAP_MS / 2);

    wire.heal();
    // As the system tells a browser whose network is back.
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await expect(dashboard.tile("Door").value).toHaveText("shut", { timeout: RIGHT_WITHIN_MS });
    await expect(page.getByText(/last known values/)).toHaveCount(0);
    expect(catchUps()).toBe(1);
  } finally {
    await wire.stop();
  }
});
