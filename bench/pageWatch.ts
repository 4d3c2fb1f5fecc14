import type { Page } from "@playwright/test";

/** What is wrong with a page, or could be, over a time in which its servers come and go. */
export interface PageWatch {
  readonly name: string;
  /** Red lines of the console, errors that nobody caught, and requests that failed; each with its time. */
  readonly faults: readonly string[];
  /** How often the page was loaded anew. */
  loads(): number;
  /** How often nothing could be read on it. */
  readonly blank: () => number;
  /** The longest time without a change of any value in it, in ms, also over a loading anew; 0: it has none. */
  longestPause(): Promise<number>;
  stop(): void;
}

/** Runs in the page, at the start of each of its documents. No named functions: the compiler would wrap them in a helper that the page does not have. */
function notePauses(): void {
  new MutationObserver((records) => {
    const now = Date.now();
    const last = Number(sessionStorage.getItem("bench.last") ?? now);
    for (const { target } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      if (!element?.closest("[data-value]")) continue;
      if (now - last > Number(sessionStorage.getItem("bench.pause")))
        sessionStorage.setItem("bench.pause", String(now - last));
      sessionStorage.setItem("bench.last", String(now));
      return;
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

const LOOK_MS = 250;

/** From the next document on. */
export async function watchFaults(page: Page, name: string): Promise<PageWatch> {
  const faults: string[] = [];
  let loads = 0;
  let blank = 0;
  const began = Date.now();
  const note = (text: string): void => void faults.push(`${((Date.now() - began) / 1000).toFixed(1)} s: ${text}`);
  page.on("console", (message) => {
    if (message.type() === "error") note(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => note(`uncaught: ${error.message}`));
  page.on("load", () => loads++);
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // By the page itself, which went elsewhere meanwhile.
    if (why !== "net::ERR_ABORTED") note(`${request.method()} ${request.url()}: ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) note(`${response.request().method()} ${response.url()}: ${response.status()}`);
  });
  await page.addInitScript(notePauses);
  const timer = setInterval(() => {
    page
      .evaluate(() => document.readyState === "complete" && document.body.innerText.trim().length < 20)
      .then((isBlank) => {
        if (isBlank) blank++;
      })
      // The document is being replaced.
      .catch(() => undefined);
  }, LOOK_MS);
  return {
    name,
    faults,
    loads: () => loads,
    blank: () => blank,
    longestPause: async () => Number(await page.evaluate(() => sessionStorage.getItem("bench.pause"))),
    stop: () => clearInterval(timer),
  };
}
