import type { Browser, Page } from "@playwright/test";
import { middle, pause, percentile } from "./measure";
import { type BarePage, launchBrowser, rightTiles, serveBarePage, type Watched, watchPage } from "./page";
import { cpuSeconds, publish } from "./processes";
import { type BudgetName, report, SMOKE } from "./rows";
import { DASHBOARD, startTestBed, type TestBed } from "./testBed";

/**
 * From the broker to the text of a tile, in a real browser: how late, how busy the page is meanwhile, and whether every tile shows
 * its last value in the end. The bare limit is a page that speaks MQTT over WebSocket and writes each message as it comes.
 */
interface Load {
  tiles: number;
  rate: number;
  /** Entries of the table of budgets. */
  p50?: BudgetName;
  p95?: BudgetName;
  p99?: BudgetName;
  busy?: BudgetName;
  busyRatio?: BudgetName;
  longest?: BudgetName;
  /** A longer look where messages are few: of a hundred the last percent is one. */
  watchMs?: number;
}

const LATENCIES = { p50: "tileP50", p95: "tileP95", p99: "tileP99" } as const;

const LOADS: readonly Load[] = SMOKE
  ? [{ tiles: 50, rate: 100 }]
  : [
      { tiles: 50, rate: 0, busy: "pageAtRest" },
      { tiles: 50, rate: 10, ...LATENCIES, busy: "pageAt10", busyRatio: "pageAt10Ratio", watchMs: 12_000 },
      { tiles: 50, rate: 100, ...LATENCIES, busyRatio: "pageAt100Ratio" },
      { tiles: 200, rate: 2000, p99: "tiles200P99", busy: "tiles200Busy" },
      { tiles: 500, rate: 10_000, p99: "tiles500P99", busy: "tiles500Busy", longest: "tiles500Task" },
    ];
const ROUNDS = SMOKE ? 1 : 3;
const WARM_MS = SMOKE ? 1500 : 2500;
const WATCH_MS = SMOKE ? 4000 : 6000;
/** Long enough for any last frame; a page that is still behind then is behind. On a busy machine the smoke form waits longer. */
const SETTLE_MS = 1000;
const SETTLE_LIMIT_MS = SMOKE ? 15_000 : SETTLE_MS;

interface Run extends Watched {
  right: number;
  serverCpu: number;
}

async function run(browser: Browser, bed: TestBed, load: Load, open: (page: Page) => Promise<unknown>): Promise<Run> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
  await open(page);
  const base = Math.floor(Date.now() / 1000) * 1000;
  const { mosquitto, topics } = bed;
  const watchMs = load.watchMs ?? WATCH_MS;
  const seconds = (WARM_MS + watchMs) / 1000 + 1;
  const random = load.rate <= 100;
  const stream =
    load.rate > 0 ? await publish({ port: mosquitto.port, topics, rate: load.rate, seconds, base, random }) : undefined;
  await pause(WARM_MS);
  const before = cpuSeconds(bed.pid());
  const watched = await watchPage(page, base, watchMs);
  const after = cpuSeconds(bed.pid());
  const last = (await stream?.done)?.last;
  // A tile whose topic had no message is no tile with a wrong value.
  const rightNow = async () =>
    last ? (await rightTiles(page, last)) + last.filter((value) => value === null).length : load.tiles;
  const settling = performance.now();
  await pause(SETTLE_MS);
  let right = await rightNow();
  while (right < load.tiles && performance.now() - settling < SETTLE_LIMIT_MS) {
    await pause(SETTLE_MS);
    right = await rightNow();
  }
  await page.close();
  return { ...watched, right, serverCpu: (after - before) / (watchMs / 1000) };
}

async function compare(browser: Browser, load: Load): Promise<void> {
  const bed = await startTestBed({ points: load.tiles });
  const bare: BarePage = await serveBarePage(bed.mosquitto.wsUrl as string);
  const ours: Run[] = [];
  const theirs: Run[] = [];
  try {
    for (let i = 0; i < ROUNDS; i++) {
      ours.push(
        await run(browser, bed, load, async (page) => {
          await page.goto(`${bed.telltale.url}/d/${DASHBOARD}`);
          await page.waitForFunction((tiles) => document.querySelectorAll("[data-value]").length === tiles, load.tiles);
        }),
      );
      theirs.push(await run(browser, bed, load, (page) => page.goto(bare.url(bed.topics))));
    }
    tell(load, ours, theirs);
  } finally {
    await bare.stop();
    await bed.stop();
  }
}

/** The median of the rounds, which were run in turn with those of the bare page. */
function tell(load: Load, ours: readonly Run[], theirs: readonly Run[]): void {
  const name = `${load.tiles} tiles, ${load.rate} msg/s`;
  const of = "a bare page";
  const both = (pick: (run: Run) => number) => ({ value: middle(ours, pick), bare: middle(theirs, pick), of });
  // A frame every 33 ms against every message at once: the ratio is large by design while the page is not busy, and on a busy
  // machine, where the server sends fewer frames. So the smoke form judges CPU time and the last values, not lateness.
  for (const [part, share] of [
    ["p50", 0.5],
    ["p95", 0.95],
    ["p99", 0.99],
  ] as const) {
    const budget = load[part];
    if (load.rate > 0)
      report({
        what: `${name}: ${part}`,
        ...both(({ latencies }) => percentile(latencies, share)),
        unit: "ms",
        ...(budget && { budget }),
      });
  }
  const busy = { what: `${name}: page's main thread busy`, ...both((run) => run.busy * 100), unit: "% CPU" };
  report({ ...busy, ...(load.busy && { budget: load.busy }), smoke: 5 });
  if (load.busyRatio) report({ ...busy, what: `${busy.what}, against the bare page`, budget: load.busyRatio });
  report({
    what: `${name}: longest task`,
    ...both(({ longTasks }) => Math.max(0, ...longTasks)),
    unit: "ms (0: none over 50)",
    ...(load.longest && { budget: load.longest }),
  });
  const wrong = (runs: readonly Run[]) => Math.max(...runs.map(({ right }) => load.tiles - right));
  report({
    what: `${name}: tiles without their last value`,
    value: wrong(ours),
    unit: `of ${load.tiles} (bare page: ${wrong(theirs)})`,
    budget: "lastValues",
    ratio: wrong(ours) / load.tiles,
    smoke: 0,
  });
  report({ what: `${name}: server CPU`, value: middle(ours, ({ serverCpu }) => serverCpu) * 100, unit: "%" });
}

const browser = await launchBrowser();
try {
  for (const load of LOADS) await compare(browser, load);
} finally {
  await browser.close();
}
