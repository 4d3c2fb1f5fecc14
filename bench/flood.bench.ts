import { DASHBOARD, startHouse } from "./house";
import { pause } from "./measure";
import { launchBrowser } from "./page";
import { publish, residentBytes } from "./processes";
import { report } from "./rows";

/**
 * A hundred thousand messages a second, more than anyone needs, and then as many as three publishers can write, more than anything can
 * take: the server stays alive and within its memory, loses nothing without counting it, and shows the newest values soon after.
 * There is no bare limit to lying.
 */
const SECONDS = 10;
const POINTS = 210;
const SETTLE_LIMIT_MS = 60_000;
const MB = 1e6;

async function flood(rate: number, publishers: number): Promise<void> {
  const house = await startHouse({ points: POINTS });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${house.telltale.url}/d/${DASHBOARD}`);
    const { mosquitto, topics, ids } = house;
    const each = POINTS / publishers;
    const base = Date.now();
    const streams = await Promise.all(
      Array.from({ length: publishers }, (_, i) =>
        publish({
          port: mosquitto.port,
          topics: topics.slice(i * each, (i + 1) * each),
          rate: rate / publishers,
          seconds: SECONDS,
          base,
        }),
      ),
    );
    const done = await Promise.all(streams.map((stream) => stream.done));
    const ended = performance.now();
    const sent = done.reduce((sum, one) => sum + one.sent, 0);
    const perSecond = done.reduce((sum, one) => sum + one.sent / (one.ms / 1000), 0);
    const last = done.flatMap((one) => one.last);

    // Live again: every point has the last value that was sent. Asked of the API, then of the page.
    const behind = async (): Promise<boolean> => {
      const response = await fetch(`${house.telltale.url}/api/v1/points?limit=2000`);
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

    while ((await house.metric("telltale_history_pending")) > 0) await pause(100);
    const received = await house.metric("telltale_broker_received");
    const stored = await house.metric("telltale_history_stored");
    const dropped = await house.metric("telltale_ingest_dropped_total");
    const lost = await house.metric("telltale_history_lost");
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
      budget: { value: 0 },
    });
    const rss = residentBytes(house.pid(), "peak") / MB;
    report({ what: `${name}: most memory`, value: rss, unit: "MB RSS", budget: { value: 400 } });
    report({ what: `${name}: newest values after`, value: back / 1000, unit: "s", budget: { value: 1 } });
  } finally {
    await browser.close();
    await house.stop();
  }
}

await flood(100_000, 2);
await flood(300_000, 3);
