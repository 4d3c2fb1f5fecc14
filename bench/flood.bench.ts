import { startMosquitto } from "../server/testing/mosquitto";
import { pause } from "./measure";
import { launchBrowser } from "./page";
import { type Published, publish, residentBytes, startWorker } from "./processes";
import { type BudgetName, report } from "./rows";
import { DASHBOARD, startTestBed } from "./testBed";

/**
 * A hundred thousand messages a second, more than anyone needs, and then as many as three publishers can write, more than anything can
 * take: the server stays alive and within its memory, loses nothing without counting it, and shows the newest values soon after.
 * The bare limit is an MQTT.js subscriber that only counts, in the same flood after the server.
 */
const SECONDS = 10;
const POINTS = 210;
const SETTLE_LIMIT_MS = 60_000;
const MB = 1e6;
/** The other rate is printed, not judged: what the broker keeps of it depends on the machine. */
const JUDGED = 100_000;

/** Each of the publishers has its share of the topics and of the rate. */
async function pour(port: number, topics: readonly string[], rate: number, publishers: number): Promise<Published[]> {
  const each = topics.length / publishers;
  const base = Date.now();
  const streams = await Promise.all(
    Array.from({ length: publishers }, (_, i) =>
      publish({
        port,
        topics: topics.slice(i * each, (i + 1) * each),
        rate: rate / publishers,
        seconds: SECONDS,
        base,
      }),
    ),
  );
  return Promise.all(streams.map((stream) => stream.done));
}

interface Bare {
  /** MB, the most that it ever had. */
  memory: number;
  /** Seconds after the end of the flood until its last message. */
  back: number;
}

async function bareFlood(rate: number, publishers: number): Promise<Bare> {
  const mosquitto = await startMosquitto();
  const subscriber = await startWorker("subscriber");
  try {
    await subscriber.ask({ start: { url: mosquitto.url, filter: "bench/#" } });
    const topics = Array.from({ length: POINTS }, (_, i) => `bench/p${i}`);
    await pour(mosquitto.port, topics, rate, publishers);
    const ended = performance.now();
    let lastAt = ended;
    let counted = -1;
    // Half a second without a message: all have come that will.
    while (performance.now() - lastAt < 500) {
      const { received } = await subscriber.ask<{ received: number }>({ count: true });
      if (received !== counted) lastAt = performance.now();
      counted = received;
      await pause(10);
    }
    return { memory: residentBytes(subscriber.pid, "peak") / MB, back: (lastAt - ended) / 1000 };
  } finally {
    await subscriber.stop();
    await mosquitto.stop();
  }
}

async function flood(rate: number, publishers: number): Promise<void> {
  const bare = rate === JUDGED ? await bareFlood(rate, publishers) : undefined;
  const judged = (budget: BudgetName) => (bare ? { budget } : {});
  const beside = (what: keyof Bare) => (bare ? { bare: bare[what], of: "a bare MQTT.js subscriber" } : {});
  const bed = await startTestBed({ points: POINTS });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${bed.telltale.url}/d/${DASHBOARD}`);
    const { mosquitto, topics, ids } = bed;
    const done = await pour(mosquitto.port, topics, rate, publishers);
    const ended = performance.now();
    const sent = done.reduce((sum, one) => sum + one.sent, 0);
    const perSecond = done.reduce((sum, one) => sum + one.sent / (one.ms / 1000), 0);
    const last = done.flatMap((one) => one.last);

    // Live again: every point has the last value that was sent. Asked of the API, then of the page.
    const behind = async (): Promise<boolean> => {
      const response = await fetch(`${bed.telltale.url}/api/v1/points?limit=2000`);
      if (!response.ok) throw new Error(`/api/v1/points answered ${response.status}`);
      const points = (await response.json()) as { id: string; value: unknown }[];
      const values = new Map(points.map(({ id, value }) => [id, value]));
      return ids.some((id, i) => values.get(id) !== last[i]);
    };
    while ((await behind()) && performance.now() - ended < SETTLE_LIMIT_MS) await pause(100);
    await page.waitForFunction(
      (values) => {
        const shown = [...document.querySelectorAll("[data-value]")].map((e) => e.getAttribute("data-value"));
        return values.every((value, i) => shown[i] === value);
      },
      last.map(String),
      { timeout: SETTLE_LIMIT_MS, polling: 100 },
    );
    const back = performance.now() - ended;

    while ((await bed.metric("telltale_history_pending")) > 0) await pause(100);
    const received = await bed.metric("telltale_broker_received");
    const stored = await bed.metric("telltale_history_stored");
    const dropped = await bed.metric("telltale_ingest_dropped_total");
    const lost = await bed.metric("telltale_history_lost");
    const name = `flood, ${rate} msg/s for ${SECONDS} s`;
    const part = (count: number) => ({ value: (count / received) * 100, unit: `% of received (${count})` });
    report({ what: `${name}: sent`, value: perSecond, unit: `msg/s (${sent} in all)` });
    report({ what: `${name}: received`, value: (received / sent) * 100, unit: "% (the rest the broker dropped)" });
    report({ what: `${name}: dropped at the edge and counted`, ...part(dropped) });
    report({ what: `${name}: shown, but lost to history and counted`, ...part(lost) });
    report({
      what: `${name}: neither stored nor counted as dropped`,
      value: Math.abs(received - stored - dropped - lost),
      unit: "messages",
      ...judged("floodCounted"),
    });
    const rss = residentBytes(bed.pid(), "peak") / MB;
    report({ what: `${name}: most memory`, value: rss, unit: "MB RSS", ...beside("memory"), ...judged("floodMemory") });
    report({
      what: `${name}: newest values after`,
      value: back / 1000,
      unit: "s",
      ...beside("back"),
      ...judged("floodBack"),
    });
  } finally {
    await browser.close();
    await bed.stop();
  }
}

await flood(JUDGED, 2);
await flood(300_000, 3);
