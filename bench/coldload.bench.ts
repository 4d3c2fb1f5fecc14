import type { Browser, Page } from "@playwright/test";
import { median } from "./measure";
import { launchBrowser, serveBarePage } from "./page";
import { publish } from "./processes";
import { report, SMOKE } from "./rows";
import { DASHBOARD, startTestBed } from "./testBed";

/**
 * A dashboard opened for the first time on a phone: four times slower, 1.6 Mbit/s, 150 ms. How long until a value stands on the
 * screen, and how many bytes of JavaScript that page loads. The bare limit is the page that speaks MQTT over WebSocket itself.
 */
const TILES = 12;
const ROUNDS = SMOKE ? 3 : 5;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const LINE = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

interface Load {
  /** ms from the start of the navigation until a value was on the screen. */
  first: number;
  scriptBytes: number;
}

/** Runs in the page before anything else: the first frame that shows a value. No named functions: see watchInPage. */
function noteFirstValue(): void {
  const timer = setInterval(() => {
    if (![...document.querySelectorAll("[data-value]")].some((e) => /\d/.test(e.textContent ?? ""))) return;
    clearInterval(timer);
    // By the frame after the next it has been painted.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => Object.assign(globalThis, { benchFirst: performance.now() })),
    );
  }, 10);
}

async function load(browser: Browser, url: string): Promise<Load> {
  const context = await browser.newContext(PHONE);
  const page: Page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", LINE);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const scripts = new Set<string>();
  let scriptBytes = 0;
  cdp.on("Network.responseReceived", ({ requestId, type }) => void (type === "Script" && scripts.add(requestId)));
  // Bodies as they came over the line, without their headers.
  cdp.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength;
  });
  await page.addInitScript(noteFirstValue);
  await page.goto(url, { waitUntil: "commit" });
  const first = await page.waitForFunction(
    () => (globalThis as unknown as { benchFirst?: number }).benchFirst,
    undefined,
    {
      timeout: 60_000,
    },
  );
  await page.waitForLoadState("networkidle");
  const result = { first: (await first.jsonValue()) as number, scriptBytes };
  await context.close();
  return result;
}

const bed = await startTestBed({ points: TILES });
const bare = await serveBarePage(bed.mosquitto.wsUrl as string);
const browser = await launchBrowser();
try {
  const { mosquitto, topics, telltale } = bed;
  await (
    await publish({ port: mosquitto.port, topics, rate: 200, seconds: 0.5, base: Date.now() - 20_000, retain: true })
  ).done;
  // The first request after a start compiles nothing any more.
  await fetch(`${telltale.url}/d/${DASHBOARD}`);
  const ours: Load[] = [];
  const theirs: Load[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    ours.push(await load(browser, `${telltale.url}/d/${DASHBOARD}`));
    theirs.push(await load(browser, bare.url(topics)));
  }
  const of = "a bare page";
  report({
    what: "first value on an emulated phone",
    value: median(ours.map(({ first }) => first)),
    bare: median(theirs.map(({ first }) => first)),
    unit: "ms",
    of,
    budget: "phoneFirst",
    smoke: 2,
  });
  report({
    what: "JavaScript of a dashboard page, gzipped",
    value: median(ours.map((l) => l.scriptBytes)) / 1000,
    bare: median(theirs.map((l) => l.scriptBytes)) / 1000,
    unit: "kB",
    of: "MQTT.js alone",
    budget: "phoneScript",
    smoke: 1.9,
  });
} finally {
  await browser.close();
  await bare.stop();
  await bed.stop();
}
