import type { Browser, Page } from "@playwright/test";
import { DASHBOARD, type House, startHouse } from "./house";
import { median, pause, percentile } from "./measure";
import { type BarePage, launchBrowser, rightTiles, serveBarePage, type Watched, watchPage } from "./page";
import { cpuSeconds, publish } from "./processes";
import { report, SMOKE } from "./rows";

/**
 * From the broker to the text of a tile, in a real browser: how late, how busy the page is meanwhile, and whether every tile shows
 * its last value in the end. The bare limit is a page that speaks MQTT over WebSocket and writes each message as it comes.
 */
interface Load {
  tiles: number;
  rate: number;
  /** Most ms; of the main thread's CPU in %, and of that of the bare page; from the table of budgets. */
  p50?: number;
  p95?: number;
  p99?: number;
  busy?: number;
  busyRatio?: number;
  longest?: number;
}

const LOADS: readonly Load[] = SMOKE
  ? [{ tiles: 100, rate: 1000, p99: 60 }]
  : [
      { tiles: 50, rate: 0, busy: 1 },
      { tiles: 50, rate: 10, p50: 2.5, p95: 6, p99: 10, busy: 4, busyRatio: 2 },
      { tiles: 50, rate: 100, p50: 2.5, p95: 6, p99: 10, busyRatio: 1.4 },
      { tiles: 200, rate: 2000, p99: 40, busy: 25 },
      { tiles: 500, rate: 10_000, p99: 120, busy: 40, longest: 50 },
    ];
const ROUNDS = SMOKE ? 1 : 3;
const WARM_MS = SMOKE ? 1500 : 3000;
const WATCH_MS = SMOKE ? 3000 : 8000;
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
  const random = load.rate <= 100;
  const stream =
    load.rate > 0 ? await publish({ port: mosquitto.port, topics, rate: load.rate, seconds, base, random }) : undefined;
  await pause(WARM_MS);
  const before = cpuSeconds(house.pid());
  const watched = await watchPage(page, base, WATCH_MS);
  const after = cpuSeconds(house.pid());
  const last = (await stream?.done)?.last;
  await pause(SETTLE_MS);
  // A tile whose topic had no message is no tile with a wrong value.
  const right = last ? (await rightTiles(page, last)) + last.filter((value) => value === null).length : load.tiles;
  await page.close();
  return { ...watched, right, serverCpu: (after - before) / (WATCH_MS / 1000) };
}

async function compare(browser: Browser, load: Load): Promise<void> {
  const house = await startHouse({ points: load.tiles });
  const bare: BarePage = await serveBarePage(house.mosquitto.wsUrl as string);
  const ours: Run[] = [];
  const theirs: Run[] = [];
  try {
    for (let i = 0; i < ROUNDS; i++) {
      ours.push(
        await run(browser, house, load, async (page) => {
          await page.goto(`${house.telltale.url}/d/${DASHBOARD}`);
          await page.waitForFunction((tiles) => document.querySelectorAll("[data-value]").length === tiles, load.tiles);
        }),
      );
      theirs.push(await run(browser, house, load, (page) => page.goto(bare.url(house.topics))));
    }
    tell(load, ours, theirs);
  } finally {
    await bare.stop();
    await house.stop();
  }
}

/** The median of the rounds, which were run in turn with those of the bare page. */
function tell(load: Load, ours: readonly Run[], theirs: readonly Run[]): void {
  const name = `${load.tiles} tiles, ${load.rate} msg/s`;
  const of = "a bare page";
  const middle = (pick: (run: Run) => number) => ({
    value: median(ours.map(pick)),
    bare: median(theirs.map(pick)),
    of,
  });
  // A frame every 33 ms against every message at once: the ratio is large by design while the page is not busy.
  for (const [part, share] of [
    ["p50", 0.5],
    ["p95", 0.95],
    ["p99", 0.99],
  ] as const) {
    const budget = load[part];
    if (load.rate > 0)
      report({
        what: `${name}: ${part}`,
        ...middle(({ latencies }) => percentile(latencies, share)),
        unit: "ms",
        ...(budget && { budget: { value: budget } }),
        ...(part === "p50" && { smoke: 150 }),
      });
  }
  const busy = { what: `${name}: page's main thread busy`, ...middle((run) => run.busy * 100), unit: "% CPU" };
  report({ ...busy, ...(load.busy && { budget: { value: load.busy } }), smoke: 5 });
  if (load.busyRatio)
    report({ ...busy, what: `${busy.what}, against the bare page`, budget: { ratio: load.busyRatio } });
  report({
    what: `${name}: longest task`,
    value: Math.max(0, ...ours.flatMap(({ longTasks }) => longTasks)),
    unit: "ms (0: none over 50)",
    ...(load.longest && { budget: { value: load.longest } }),
  });
  const wrong = (runs: readonly Run[]) => Math.max(...runs.map(({ right }) => load.tiles - right));
  report({
    what: `${name}: tiles without their last value`,
    value: wrong(ours),
    unit: `of ${load.tiles} (bare page: ${wrong(theirs)})`,
    budget: { value: 0 },
    ratio: wrong(ours) / load.tiles,
    smoke: 0,
  });
  report({ what: `${name}: server CPU`, value: median(ours.map(({ serverCpu }) => serverCpu)) * 100, unit: "%" });
}

const browser = await launchBrowser();
try {
  for (const load of LOADS) await compare(browser, load);
} finally {
  await browser.close();
}
