import { chromium } from "@playwright/test";
import mqtt from "mqtt";
import { startTelltale } from "../e2e/server";
import { findProgram } from "../scripts/lib/programs.mjs";
import { startMosquitto } from "../server/testing/mosquitto";

/**
 * The explorer with 10,000 topics at 5,000 messages a second: how busy the page's main thread is, and whether any of its tasks takes
 * longer than 50 ms, while a person looks, sorts by rate, and scrolls. The bare limit is the same page with nothing said. Needs the
 * production build, Mosquitto and Chromium.
 */
const TOPICS = 10_000;
const RATE = 5000;
const SLICE_MS = 20;
const LOOK_MS = 8000;
const PASSWORD = "a lamp in the hall";

const broker = await startMosquitto();
const server = await startTelltale({ env: { MQTT_URL: broker.url, TELLTALE_ADMIN_PASSWORD: PASSWORD } });
const browser = await chromium.launch({
  executablePath: findProgram("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"),
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run"],
});
const publisher = await mqtt.connectAsync(broker.url);

const topics = Array.from({ length: TOPICS }, (_, i) => `plant/area${i % 100}/machine${i}/status`);
let said = 0;
let talking: NodeJS.Timeout | undefined;
/** By the clock, so that a late timer makes up for what it missed. */
function talk(): void {
  const started = performance.now();
  const before = said;
  talking = setInterval(() => {
    const due = before + Math.min(((performance.now() - started) / 1000) * RATE, said - before + RATE / 5);
    for (; said < due; said++)
      publisher.publish(topics[(said * 7919) % TOPICS] as string, `{"t":${20 + (said % 100) / 10},"n":${said}}`);
  }, SLICE_MS);
}

try {
  const page = await browser.newPage({ baseURL: server.url, viewport: { width: 1440, height: 900 } });
  await page.goto("/login");
  await page.getByLabel("User name").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: /^Sign in/ }).click();
  await page.waitForURL((url) => url.pathname !== "/login");
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    }).observe({ type: "longtask" });
  });
  await page.goto("/explore");
  talk();
  await page.getByText(/^10K topics/).waitFor();
  clearInterval(talking);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");

  const taskSeconds = async (): Promise<number> => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  };
  const cpuMs = async (): Promise<number> => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    return 1000 * Number(/^process_cpu_seconds_total(?:\{[^}]*\})? (\S+)/m.exec(text)?.[1]);
  };
  async function look(what: string, act: () => Promise<void> = async () => {}): Promise<void> {
    await page.evaluate(() => void ((globalThis as { longTasks?: number[] }).longTasks ?? []).splice(0));
    const [started, busy, cpu, before] = [performance.now(), await taskSeconds(), await cpuMs(), said];
    await act();
    await page.waitForTimeout(Math.max(0, LOOK_MS - (performance.now() - started)));
    const wall = performance.now() - started;
    const part = ((await taskSeconds()) - busy) / (wall / 1000);
    const long = await page.evaluate(() => (globalThis as { longTasks?: number[] }).longTasks ?? []);
    const rate = Math.round(((said - before) / wall) * 1000);
    const longest = long.length > 0 ? `, the longest ${Math.round(Math.max(...long))} ms` : "";
    console.log(
      `${what}: page ${(100 * part).toFixed(1)} % busy, ${long.length} tasks over 50 ms${longest}; server ${((((await cpuMs()) - cpu) / wall) * 100).toFixed(0)} % of a core at ${rate} msg/s`,
    );
  }

  await look("quiet");
  talk();
  await page.locator(".ex-tree").getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Open all branches" }).click();
  await look("looking at all branches");
  await look("scrolling through them", async () => {
    const tree = page.getByRole("tree");
    for (let i = 0; i < 40; i++) {
      await tree.evaluate((box) => box.scrollBy(0, 700));
      await page.waitForTimeout(100);
    }
  });
  await page.getByRole("button", { name: "per s" }).click();
  await look("sorted by rate");
  await page.getByRole("treeitem").filter({ hasText: "status" }).first().click();
  await look("one topic picked");
} finally {
  clearInterval(talking);
  publisher.end(true);
  await browser.close();
  await server.dispose();
  await broker.stop();
}
