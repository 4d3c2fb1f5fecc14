import { DASHBOARD, startHouse } from "./house";
import { pause } from "./measure";
import { launchBrowser } from "./page";
import { publish, residentBytes } from "./processes";
import { report } from "./rows";

/**
 * A hundred thousand messages a second, more than anyone needs: the server stays alive and within its memory, loses nothing without
 * counting it, and shows the newest values soon after. There is no bare limit to lying.
 */
const RATE = 100_000;
const SECONDS = 10;
const POINTS = 200;
const SETTLE_LIMIT_MS = 60_000;
const MB = 1e6;

const house = await startHouse({ points: POINTS });
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  await page.goto(`${house.telltale.url}/d/${DASHBOARD}`);
  const { mosquitto, topics, ids } = house;
  const stream = await publish({ port: mosquitto.port, topics, rate: RATE, seconds: SECONDS, base: Date.now() });
  const { sent, last, ms } = await stream.done;
  const ended = performance.now();

  // Live again: every point has the last value that was sent. Asked of the API, then of the page.
  let behind = POINTS;
  while (behind > 0 && performance.now() - ended < SETTLE_LIMIT_MS) {
    await pause(100);
    behind = await pointsBehind();
  }
  await page.waitForFunction(
    (values) => {
      const shown = [...document.querySelectorAll("[data-value]")].map((e) => e.getAttribute("data-value"));
      return values.every((value, i) => shown[i] === value);
    },
    last.map(String),
    { timeout: SETTLE_LIMIT_MS, polling: 100 },
  );
  const back = performance.now() - ended;

  const metric = (name: string) => house.metric(name);
  while ((await metric("telltale_history_pending")) > 0) await pause(100);
  const received = await metric("telltale_broker_received");
  const stored = await metric("telltale_history_stored");
  const dropped = (await metric("telltale_history_lost")) + (await metric("telltale_broker_dropped"));
  const name = `flood, ${RATE} msg/s for ${SECONDS} s`;
  report({ what: `${name}: sent`, value: sent / (ms / 1000), unit: `msg/s (${sent} in all)` });
  report({ what: `${name}: received`, value: (received / sent) * 100, unit: "% (the rest the broker dropped)" });
  report({ what: `${name}: dropped and counted`, value: (dropped / received) * 100, unit: "% of received" });
  report({
    what: `${name}: neither stored nor counted as dropped`,
    value: Math.abs(received - stored - dropped),
    unit: "messages",
    budget: { value: 0 },
  });
  report({
    what: `${name}: most memory`,
    value: residentBytes(house.pid(), "peak") / MB,
    unit: "MB RSS",
    budget: { value: 512 },
  });
  report({ what: `${name}: newest values after`, value: back / 1000, unit: "s", budget: { value: 5 } });

  async function pointsBehind(): Promise<number> {
    const response = await fetch(`${house.telltale.url}/api/v1/points`);
    if (!response.ok) throw new Error(`/api/v1/points answered ${response.status}`);
    const points = new Map(((await response.json()) as { id: string; value: unknown }[]).map((p) => [p.id, p.value]));
    return ids.filter((id, i) => points.get(id) !== last[i]).length;
  }
} finally {
  await browser.close();
  await house.stop();
}
