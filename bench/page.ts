import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import { CHROMIUM_FLAGS, findChromium } from "../scripts/lib/programs.mjs";
import { mainThreadSeconds } from "./processes";

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: [...CHROMIUM_FLAGS, "--enable-precise-memory-info"],
  });
}

/** What the watch in the page saw of a stretch of time. */
export interface Watched {
  /** ms from the sending of a value to its being the text of its tile. */
  latencies: number[];
  /** Tasks longer than 50 ms. */
  longTasks: number[];
  /** Part of the time in which the main thread was at work: its CPU time, waiting left out. */
  busy: number;
  /** The same by the clock, as the page sees it: right where the CPU is throttled, which costs CPU time of its own. */
  wallBusy: number;
}

/** Runs in the page: notes when which value became text. Values are ms since `base`, see publisherWorker.mjs. */
function watchInPage(base: number): void {
  const seen = { latencies: [] as number[], longTasks: [] as number[] };
  Object.assign(globalThis, { benchSeen: seen });
  // No named functions in here: the compiler would wrap them in a helper that the page does not have.
  new MutationObserver((records) => {
    const now = performance.timeOrigin + performance.now();
    const told = new Set<Element>();
    for (const { target } of records) {
      const element = (target instanceof Element ? target : target.parentElement)?.closest("[data-value]");
      if (!element || told.has(element)) continue;
      told.add(element);
      seen.latencies.push(now - base - Number(element.getAttribute("data-value")));
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longTasks.push(duration);
  }).observe({ type: "longtask" });
}

const taskSeconds = async (cdp: CDPSession): Promise<number> => {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
};

/** CPU seconds of the main thread of each renderer. One page is open, but Chromium keeps a spare renderer at hand. */
async function rendererSeconds(page: Page): Promise<Map<number, number>> {
  const cdp = await (page.context().browser() as Browser).newBrowserCDPSession();
  const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
  await cdp.detach();
  return new Map(processInfo.filter(({ type }) => type === "renderer").map(({ id }) => [id, mainThreadSeconds(id)]));
}

/** Watches the page for so long. Call once a page, while no other is open. */
export async function watchPage(page: Page, base: number, ms: number): Promise<Watched> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  await page.evaluate(watchInPage, base);
  const from = { at: performance.now(), task: await taskSeconds(cdp), cpu: await rendererSeconds(page) };
  await page.waitForTimeout(ms);
  const to = { at: performance.now(), task: await taskSeconds(cdp), cpu: await rendererSeconds(page) };
  const seen = await page.evaluate(
    () => (globalThis as unknown as { benchSeen: { latencies: number[]; longTasks: number[] } }).benchSeen,
  );
  const seconds = (to.at - from.at) / 1000;
  const cpu = Math.max(...[...to.cpu].map(([pid, used]) => used - (from.cpu.get(pid) ?? used)));
  return { ...seen, busy: cpu / seconds, wallBusy: (to.task - from.task) / seconds };
}

/**
 * How many of the tiles show exactly their last value, by attribute and by the number that their text is: a tile keeps the decimals
 * that it has shown (4,683.40). In the order of the page.
 */
export function rightTiles(page: Page, last: readonly (number | null)[]): Promise<number> {
  return page.evaluate((wanted) => {
    const shown = [...document.querySelectorAll("[data-value]")];
    return wanted.filter((value, i) => {
      const element = shown[i];
      if (!element || value === null) return false;
      const text = element.textContent ?? "";
      return (
        element.getAttribute("data-value") === String(value) &&
        text !== "" &&
        Number(text.replaceAll(",", "")) === value
      );
    }).length;
  }, last);
}

/** The bare limit of a page: MQTT.js over WebSocket straight to the broker, each message written as it comes. */
export interface BarePage {
  url(topics: readonly string[]): string;
  stop(): Promise<void>;
}

export async function serveBarePage(wsUrl: string): Promise<BarePage> {
  const script = gzipSync(readFileSync(join(import.meta.dirname, "../node_modules/mqtt/dist/mqtt.min.js")));
  const html = (count: number): string => `<!doctype html><meta name=viewport content="width=device-width">
<style>body{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:8px}p{height:80px;margin:0}</style>
${Array.from({ length: count }, (_, i) => `<p>Sensor ${i} <b data-value=""></b></p>`).join("\n")}
<script src="/mqtt.js"></script><script>
const cells = new Map([...document.querySelectorAll("b")].map((cell, i) => ["bench/p" + i, cell]));
const client = mqtt.connect("${wsUrl}");
client.on("connect", () => client.subscribe("bench/#"));
client.on("message", (topic, payload) => {
  const cell = cells.get(topic);
  const text = payload.toString();
  cell.dataset.value = text;
  cell.textContent = text;
});
</script>`;
  const server: Server = createServer((req, res) => {
    const url = new URL(req.url ?? "/", "http://bare");
    if (url.pathname === "/mqtt.js") {
      res.writeHead(200, { "content-type": "text/javascript", "content-encoding": "gzip" }).end(script);
      return;
    }
    const count = Number(url.searchParams.get("count"));
    res.writeHead(200, { "content-type": "text/html" }).end(html(count));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (topics) => `http://127.0.0.1:${port}/?count=${topics.length}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
