import { type Watcher, watchPauses } from "./gaps";
import { median, pause } from "./measure";
import { launchBrowser, serveBarePage } from "./page";
import { publish, startWorker } from "./processes";
import { report } from "./rows";
import { adminHeaders, startTestBed, type TestBed } from "./testBed";

/**
 * Ten thousand topics, registered in config.db: how long from the server's first answer until all are live, what the page Everything
 * costs, and how long frames stop for somebody else meanwhile. The bare limit of the start is an MQTT.js client that subscribes to
 * the same topics one by one; that of Everything a page with all 10,000 values and MQTT.js.
 */
const MANY = 10_000;
const LIVE_LIMIT_MS = 60_000;
const ROUNDS = 3;
const EVERYTHING = `Everything with ${MANY} points`;

/** Seconds from the first answer of the server, and of the broker to a bare client, until the last retained value is there. */
async function startWithMany(): Promise<{ bed: TestBed; seconds: number; bare: number }> {
  let readyAt = 0;
  const bed = await startTestBed({
    points: MANY,
    tiles: 20,
    stored: true,
    before: async (mosquitto, topics) => {
      const retained = { port: mosquitto.port, topics, rate: 5000, seconds: MANY / 5000, base: Date.now() };
      await (await publish({ ...retained, retain: true })).done;
    },
    onReady: () => {
      readyAt = performance.now();
    },
  });
  while ((await bed.metric("telltale_broker_received")) < MANY && performance.now() - readyAt < LIVE_LIMIT_MS)
    await pause(25);
  const seconds = (performance.now() - readyAt) / 1000;
  const subscriber = await startWorker("subscriber");
  const began = performance.now();
  await subscriber.ask({ start: { url: bed.mosquitto.url, filter: [...bed.topics] } });
  while ((await subscriber.ask<{ received: number }>({ count: true })).received < MANY) await pause(25);
  const bare = (performance.now() - began) / 1000;
  await subscriber.stop();
  return { bed, seconds, bare };
}

async function start(): Promise<TestBed> {
  const starts: { seconds: number; bare: number }[] = [];
  for (;;) {
    const { bed, ...took } = await startWithMany();
    starts.push(took);
    if (starts.length < ROUNDS) {
      await bed.stop();
      continue;
    }
    report({
      what: `start with ${MANY} registrations: all live after ready`,
      value: median(starts.map(({ seconds }) => seconds)),
      bare: median(starts.map(({ bare }) => bare)),
      of: "a bare MQTT.js subscriber",
      unit: "s",
      budget: "startLive",
    });
    return bed;
  }
}

async function everything(bed: TestBed, watcher: Watcher): Promise<void> {
  const url = `${bed.telltale.url}/everything`;
  const barePage = await serveBarePage(bed.mosquitto.wsUrl as string);
  const bareUrl = barePage.url(bed.topics);
  const kilobytes = async (at: string) => (await (await fetch(at)).arrayBuffer()).byteLength / 1000;
  const of = "a bare page";
  report({
    what: `${EVERYTHING}: HTML`,
    value: await kilobytes(url),
    bare: await kilobytes(bareUrl),
    of,
    unit: "kB",
    budget: "everythingHtml",
  });
  await watcher.during("nobody does anything", () => pause(1000));
  await watcher.during(
    `somebody asks three times for ${EVERYTHING}`,
    async () => {
      for (let i = 0; i < 3; i++) await kilobytes(url);
    },
    { budget: "everythingPause" },
  );
  const browser = await launchBrowser();
  const firstValue = async (at: string): Promise<number> => {
    const page = await browser.newPage();
    const began = performance.now();
    await page.goto(at, { waitUntil: "commit" });
    await page.waitForFunction(() => /\d/.test(document.querySelector("[data-value]")?.textContent ?? ""));
    const seconds = (performance.now() - began) / 1000;
    await page.close();
    return seconds;
  };
  try {
    const ours: number[] = [];
    await watcher.during(`a browser opens ${EVERYTHING}`, async () => ours.push(await firstValue(url)), {
      budget: "everythingPause",
    });
    const bare: number[] = [];
    for (let i = 0; i < ROUNDS; i++) bare.push(await firstValue(bareUrl));
    const values = { value: median(ours), bare: median(bare) };
    report({ what: `${EVERYTHING}: first value`, ...values, of, unit: "s", budget: "everythingFirst" });
  } finally {
    await browser.close();
    await barePage.stop();
  }
}

/** A registration changed as an admin does it, and the largest pages of the lists. */
async function requests(bed: TestBed, watcher: Watcher): Promise<void> {
  const headers = await adminHeaders(bed);
  const api = `${bed.telltale.url}/api/v1`;
  const ask = async (path: string, options?: RequestInit): Promise<unknown> => {
    const answer = await fetch(`${api}${path}`, { headers, ...options });
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const rename = (i: number) =>
    ask(`/registrations/p${i}`, {
      method: "PUT",
      body: JSON.stringify({ id: `p${i}`, name: "Renamed", filter: bed.topics[i], type: "number" }),
    });
  const budget = "hostile";
  const one = `one of ${MANY} registrations is changed`;
  await watcher.during(`${one}, the first since the start`, () => rename(7), { budget, rounds: 1 });
  await watcher.during(`${one}, later ones`, (round) => rename(100 + round), { budget });
  await watcher.during("2,000 points are listed", () => ask("/points?limit=2000"), { budget });
  await watcher.during("2,000 registrations are listed", () => ask("/registrations?limit=2000"), { budget });
}

const bed = await start();
const watcher = await watchPauses(bed);
try {
  await everything(bed, watcher);
  await requests(bed, watcher);
} finally {
  await watcher.stop();
  await bed.stop();
}
