import type { Browser, Page } from "@playwright/test";
import { DASHBOARD, type House, startHouse } from "./house";
import { pause, percentile } from "./measure";
import { type BarePage, launchBrowser, rightTiles, serveBarePage, type Watched, watchPage } from "./page";
import { publish } from "./processes";
import { report, SMOKE } from "./rows";

/**
 * From the broker to the text of a tile, in a real browser: how late, how busy the page is meanwhile, and whether every tile shows
 * its last value in the end. The bare limit is a page that speaks MQTT over WebSocket and writes each message as it comes.
 */
interface Load {
  tiles: number;
  rate: number;
  /** Most ms, and the most of the main thread's time; from design.md §7. */
  p50?: number;
  p99: number;
  busy?: number;
  longest?: number;
}

const LOADS: readonly Load[] = SMOKE
  ? [{ tiles: 100, rate: 1000, p99: 60 }]
  : [
      { tiles: 50, rate: 100, p50: 5, p99: 50 },
      { tiles: 200, rate: 2000, p99: 60, busy: 0.35 },
      { tiles: 500, rate: 10_000, p99: 150, busy: 0.6, longest: 50 },
    ];
const WARM_MS = SMOKE ? 1500 : 4000;
const WATCH_MS = SMOKE ? 3000 : 12_000;
/** Long enough for any last frame; a page that is still behind then is behind. */
const SETTLE_MS = 1000;

interface Run extends Watched {
  right: number;
  serverCpu: number;
}

async function run(browser: Browser, house: House, load: Load, open: (page: Page) => Promise<unknown>): Promise<Run> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
  await open(page);
  const base = Math.floor(Date.now() / 1000) * 1000;
  const { mosquitto, topics } = house;
  const seconds = (WARM_MS + WATCH_MS) / 1000 + 1;
  const stream = await publish({ port: mosquitto.port, topics, rate: load.rate, seconds, base });
  await pause(WARM_MS);
  const before = await house.metric("process_cpu_seconds_total");
  const watched = await watchPage(page, base, WATCH_MS);
  const after = await house.metric("process_cpu_seconds_total");
  const { last } = await stream.done;
  await pause(SETTLE_MS);
  const right = await rightTiles(page, last);
  await page.close();
  return { ...watched, right, serverCpu: (after - before) / (WATCH_MS / 1000) };
}

async function compare(browser: Browser, load: Load): Promise<void> {
  const house = await startHouse({ points: load.tiles });
  const bare: BarePage = await serveBarePage(house.mosquitto.wsUrl as string);
  try {
    const ours = await run(browser, house, load, async (page) => {
      await page.goto(`${house.telltale.url}/d/${DASHBOARD}`);
      await page.waitForFunction((tiles) => document.querySelectorAll("[data-value]").length === tiles, load.tiles);
    });
    const theirs = await run(browser, house, load, (page) => page.goto(bare.url(house.topics)));
    tell(load, ours, theirs);
  } finally {
    await bare.stop();
    await house.stop();
  }
}

function tell(load: Load, ours: Run, theirs: Run): void {
  const name = `${load.tiles} tiles, ${load.rate} msg/s`;
  const of = "a bare page";
  const p = (part: number) => ({
    value: percentile(ours.latencies, part),
    bare: percentile(theirs.latencies, part),
    unit: "ms",
    of,
  });
  // A frame every 33 ms against every message at once: the ratio is large by design while the page is not busy.
  report({ what: `${name}: p50`, ...p(0.5), ...(load.p50 && { budget: { value: load.p50 } }), smoke: 150 });
  report({ what: `${name}: p99`, ...p(0.99), budget: { value: load.p99 } });
  report({
    what: `${name}: page busy`,
    value: ours.busy * 100,
    bare: theirs.busy * 100,
    unit: "%",
    of,
    ...(load.busy && { budget: { value: load.busy * 100 } }),
    smoke: 5,
  });
  report({
    what: `${name}: longest task`,
    value: Math.max(0, ...ours.longTasks),
    unit: "ms (0: none over 50)",
    ...(load.longest && { budget: { value: load.longest } }),
  });
  report({
    what: `${name}: tiles without their last value`,
    value: load.tiles - ours.right,
    unit: `of ${load.tiles} (bare page: ${load.tiles - theirs.right})`,
    budget: { value: 0 },
    ratio: (load.tiles - ours.right) / load.tiles,
    smoke: 0,
  });
  report({ what: `${name}: server CPU`, value: ours.serverCpu * 100, unit: "%" });
}

const browser = await launchBrowser();
try {
  for (const load of LOADS) await compare(browser, load);
} finally {
  await browser.close();
}
