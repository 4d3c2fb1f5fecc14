import type { BrowserContext, Page } from "@playwright/test";
import { launchBrowser, type Watched, watchPage } from "./page";
import { publish } from "./processes";
import { type BudgetName, report } from "./rows";
import { ADMIN, startTestBed, type TestBed } from "./testBed";

/**
 * The explorer over 10,000 topics at 5,000 messages a second: how busy the page is while a person looks, scrolls through all of it,
 * has it sorted by rate, or has picked a topic, and whether any of its tasks is long enough to be felt. The bare limit is the same
 * page while nothing is said.
 */
const TOPICS = 10_000;
const RATE = 5000;
const WATCH_MS = 8000;
/** Opening is a moment of its own. */
const SETTLE_MS = 1500;

const topics = Array.from({ length: TOPICS }, (_, i) => `plant/area${i % 100}/machine${i}`);

async function signIn(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto("/login");
  await page.getByLabel("User name").fill(ADMIN.username);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: /^Sign in/ }).click();
  await page.waitForURL((url) => url.pathname !== "/login");
  await page.close();
}

type Act = (page: Page) => Promise<unknown>;

const openAll: Act = async (page) => {
  await page.locator(".ex-tree").getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Open all branches" }).click();
  await page.getByRole("treeitem").filter({ hasText: "machine" }).first().waitFor();
};

const scroll: Act = async (page) => {
  const tree = page.getByRole("tree");
  for (const end = performance.now() + WATCH_MS - 1000; performance.now() < end; await page.waitForTimeout(100))
    await tree.evaluate((box) => box.scrollBy(0, 600));
};

interface Look {
  what: string;
  before?: Act;
  during?: Act;
  busy: BudgetName;
}

const LOOKS: readonly Look[] = [
  { what: "all branches open", busy: "explorerBusy" },
  { what: "scrolling", during: scroll, busy: "explorerScroll" },
  {
    what: "sorted by rate",
    before: (page) => page.getByRole("button", { name: "per s" }).click(),
    busy: "explorerBusy",
  },
  {
    what: "a topic picked",
    before: (page) => page.getByRole("treeitem").filter({ hasText: "machine" }).first().click(),
    busy: "explorerBusy",
  },
];

/** Waits until the page has all topics, or looks at an empty broker. */
async function look(context: BrowserContext, { before, during }: Partial<Look>, talking: boolean): Promise<Watched> {
  const page = await context.newPage();
  await page.goto("/explore");
  if (talking) {
    await page.getByText(/^10K topics/).waitFor();
    await openAll(page);
  } else await page.getByRole("tree").waitFor();
  await before?.(page);
  await page.waitForTimeout(SETTLE_MS);
  const [watched] = await Promise.all([watchPage(page, 0, WATCH_MS), during?.(page)]);
  await page.close();
  return watched;
}

async function measure(bed: TestBed, context: BrowserContext): Promise<void> {
  await signIn(context);
  const quiet = await look(context, {}, false);
  const seconds = (LOOKS.length * (WATCH_MS + 20_000)) / 1000;
  const stream = await publish({
    port: bed.mosquitto.port,
    topics,
    rate: RATE,
    seconds,
    base: Date.now(),
    json: true,
  });
  for (const one of LOOKS) {
    const cpu = await bed.metric("process_cpu_seconds_total");
    const started = performance.now();
    const { busy, longTasks } = await look(context, one, true);
    const server = ((await bed.metric("process_cpu_seconds_total")) - cpu) / ((performance.now() - started) / 1000);
    const name = `10,000 topics, 5,000 msg/s, ${one.what}`;
    report({
      what: `${name}: page busy`,
      value: busy * 100,
      bare: quiet.busy * 100,
      unit: "%",
      of: "a quiet page",
      budget: one.busy,
    });
    report({
      what: `${name}: longest task`,
      value: Math.max(0, ...longTasks),
      unit: "ms (0: none over 50)",
      budget: "explorerTask",
    });
    report({ what: `${name}: server CPU`, value: server * 100, unit: "%" });
  }
  await stream.stop();
}

const bed = await startTestBed({ points: 1 });
const browser = await launchBrowser();
try {
  const context = await browser.newContext({ baseURL: bed.telltale.url, viewport: { width: 1440, height: 900 } });
  await measure(bed, context);
} finally {
  await browser.close();
  await bed.stop();
}
