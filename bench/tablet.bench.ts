import { type Browser, type CDPSession, devices, type Page } from "@playwright/test";
import { startCharts } from "./dayOfReadings";
import { middle } from "./measure";
import { launchBrowser, serveBarePage, watchPage } from "./page";
import { publish } from "./processes";
import { type BudgetName, report } from "./rows";
import { DASHBOARD, startTestBed } from "./testBed";

/**
 * An old wall tablet: 200 tiles of many kinds on a CPU six times slower, at 100 messages a second: how busy, how smooth while a
 * person scrolls, and how long the page's start holds it. And eight charts of 24 h with a reading a second each, on a full CPU.
 */
const SLOWER = 6;
const ROUNDS = 3;
/** The page has started by then, on the slow CPU too. */
const SETTLE_MS = 6000;
const WATCH_MS = 6000;
const SCROLL_MS = 4000;
const CHARTS = 8;
const WATCH_CHARTS_MS = 8000;
const TABLET = { viewport: { width: 1280, height: 800 }, hasTouch: devices["iPad Mini"].hasTouch };

/** Runs in the page from its start. No named functions: see watchInPage. */
function noteLongTasks(): void {
  const tasks: number[] = [];
  Object.assign(globalThis, { benchTasks: tasks });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: "longtask", buffered: true });
}

/** Runs in the page: scrolls by 8 px a frame, up and down, and answers the frames a second. */
function scrollFrames(ms: number): Promise<number> {
  const box = [...document.querySelectorAll("*")].find(
    (e) => e.scrollHeight > e.clientHeight + 200 && /auto|scroll/.test(getComputedStyle(e).overflowY),
  );
  const target = box ?? document.scrollingElement ?? document.documentElement;
  return new Promise((resolve) => {
    const began = performance.now();
    let frames = 0;
    let step = 8;
    const run = [
      (now: number): void => {
        frames++;
        const at = target.scrollTop;
        target.scrollBy(0, step);
        if (target.scrollTop === at) step = -step;
        if (now - began < ms) requestAnimationFrame(run[0] as FrameRequestCallback);
        else resolve((frames / (now - began)) * 1000);
      },
    ];
    requestAnimationFrame(run[0] as FrameRequestCallback);
  });
}

interface Run {
  busy: number;
  longest: number;
  frames: number;
  hydration: number;
}

async function onTablet(browser: Browser, url: string, base: number): Promise<Run> {
  const context = await browser.newContext(TABLET);
  try {
    const page = await context.newPage();
    const cdp: CDPSession = await context.newCDPSession(page);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.addInitScript(noteLongTasks);
    await page.goto(url);
    await page.waitForTimeout(SETTLE_MS);
    const hydration = await page.evaluate(() => (globalThis as unknown as { benchTasks: number[] }).benchTasks);
    const { wallBusy, longTasks } = await watchPage(page, base, WATCH_MS);
    const frames = await page.evaluate(scrollFrames, SCROLL_MS);
    return {
      busy: wallBusy * 100,
      longest: Math.max(0, ...longTasks),
      frames,
      hydration: Math.max(0, ...hydration),
    };
  } finally {
    await context.close();
  }
}

async function slowTablet(): Promise<void> {
  const bed = await startTestBed({ points: 200, mixed: true });
  const { mosquitto, topics, telltale } = bed;
  const bare = await serveBarePage(mosquitto.wsUrl as string);
  const browser = await launchBrowser();
  try {
    const base = Date.now();
    const stream = await publish({ port: mosquitto.port, topics, rate: 100, seconds: 600, base, random: true });
    const ours: Run[] = [];
    const theirs: Run[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      ours.push(await onTablet(browser, `${telltale.url}/d/${DASHBOARD}`, base));
      theirs.push(await onTablet(browser, bare.url(topics), base));
    }
    await stream.stop();
    const name = `200 mixed tiles, CPU ${SLOWER} times slower`;
    const row = (what: string, pick: (run: Run) => number, unit: string, budget?: BudgetName) =>
      report({
        what: `${name}: ${what}`,
        value: middle(ours, pick),
        bare: middle(theirs, pick),
        of: "a bare page",
        unit,
        ...(budget && { budget }),
      });
    row("page busy", ({ busy }) => busy, "%", "tabletBusy");
    row("longest task", ({ longest }) => longest, "ms (0: none over 50)");
    row("frames while scrolling", ({ frames }) => frames, "/s", "tabletFrames");
    row("longest task while it starts", ({ hydration }) => hydration, "ms (0: none over 50)", "tabletHydration");
  } finally {
    await browser.close();
    await bare.stop();
    await bed.stop();
  }
}

/** The bare limit has a text instead of each chart. */
async function liveCharts(): Promise<void> {
  const bed = await startCharts(CHARTS);
  const { mosquitto, topics, telltale } = bed;
  const bare = await serveBarePage(mosquitto.wsUrl as string);
  const browser = await launchBrowser();
  const look = async (url: string, open: (page: Page) => Promise<unknown>) => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url);
    await open(page);
    await page.waitForTimeout(3000);
    const { busy, longTasks } = await watchPage(page, 0, WATCH_CHARTS_MS);
    await page.close();
    return { busy: busy * 100, longest: Math.max(0, ...longTasks) };
  };
  try {
    const stream = await publish({ port: mosquitto.port, topics, rate: CHARTS, seconds: 600, base: Date.now() });
    const ours: Awaited<ReturnType<typeof look>>[] = [];
    const theirs: Awaited<ReturnType<typeof look>>[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const lastChart = (page: Page) =>
        page
          .locator("canvas")
          .nth(CHARTS - 1)
          .waitFor();
      ours.push(await look(`${telltale.url}/d/${DASHBOARD}`, lastChart));
      theirs.push(await look(bare.url(topics), async () => undefined));
    }
    await stream.stop();
    const name = `${CHARTS} charts of 24 h, a reading a second each`;
    const of = "a bare page of texts";
    report({
      what: `${name}: page's main thread busy`,
      value: middle(ours, ({ busy }) => busy),
      bare: middle(theirs, ({ busy }) => busy),
      of,
      unit: "% CPU",
      budget: "chartsBusy",
    });
    report({
      what: `${name}: longest task`,
      value: middle(ours, ({ longest }) => longest),
      unit: "ms (0: none over 50)",
    });
  } finally {
    await browser.close();
    await bare.stop();
    await bed.stop();
  }
}

await slowTablet();
await liveCharts();
