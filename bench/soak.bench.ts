import { parseArgs } from "node:util";
import { pause, slope } from "./measure";
import { launchBrowser } from "./page";
import { publish, residentBytes, startWorker } from "./processes";
import { report, short } from "./rows";
import { DASHBOARD, startTestBed } from "./testBed";

/**
 * `npm run bench -- soak --minutes 30`: 200 tiles at 2,000 msg/s (or `--rate 50`) with a page open. Memory of the server and of the page, looked at
 * every 30 s; flat after the first ten minutes (or third of the time) is what is wanted.
 */
const { values } = parseArgs({
  options: { minutes: { type: "string", default: "30" }, rate: { type: "string", default: "2000" } },
  strict: false,
});
const MINUTES = Number(values.minutes);
const EVERY_MS = 30_000;
const WARM_MINUTES = Math.min(10, MINUTES / 3);
const POINTS = 200;
const RATE = Number(values.rate);
const MIB = 1024 * 1024;

interface Sample {
  minute: number;
  server: number;
  /** A bare MQTT.js subscriber to the same messages. */
  bare: number;
  heap: number;
  nodes: number;
}

const bed = await startTestBed({ points: POINTS });
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  await page.goto(`${bed.telltale.url}/d/${DASHBOARD}`);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  const { mosquitto, topics } = bed;
  const seconds = MINUTES * 60 + 120;
  const subscriber = await startWorker("subscriber");
  await subscriber.ask({ start: { url: mosquitto.url, filter: "bench/#" } });
  const stream = await publish({ port: mosquitto.port, topics, rate: RATE, seconds, base: Date.now() });
  const began = performance.now();
  const samples: Sample[] = [];
  while (performance.now() - began < MINUTES * 60_000) {
    await pause(Math.min(EVERY_MS, MINUTES * 60_000 - (performance.now() - began)));
    samples.push(await look());
    const { minute, server, heap, nodes } = samples.at(-1) as Sample;
    console.log(
      `  ${minute.toFixed(1)} min: server ${short(server)} MiB RSS, page ${short(heap)} MiB heap, ${nodes} nodes`,
    );
  }
  await stream.stop();
  await subscriber.stop();
  const steady = samples.filter(({ minute }) => minute >= WARM_MINUTES);
  for (const [what, pick, budget] of [
    // Flat: what is left of the noise of an hour.
    ["server RSS", (s: Sample) => s.server, "soakMemory"],
    ["page heap", (s: Sample) => s.heap, "soakHeap"],
  ] as const) {
    const growth = slope(steady.map((s) => [s.minute / 60, pick(s)] as const));
    const mean = steady.reduce((sum, s) => sum + pick(s), 0) / steady.length;
    const bare = steady.reduce((sum, s) => sum + s.bare, 0) / steady.length;
    report({
      what: `soak, ${RATE} msg/s for ${MINUTES} min: ${what}`,
      value: mean,
      unit: "MiB",
      ...(what === "server RSS" && { bare, of: "a bare MQTT.js subscriber" }),
    });
    report({
      what: `soak, ${RATE} msg/s for ${MINUTES} min: ${what} grows by`,
      value: growth,
      unit: "MiB an hour",
      budget,
    });
  }

  async function look(): Promise<Sample> {
    // What is garbage already is not growth.
    await cdp.send("HeapProfiler.collectGarbage");
    const { metrics } = await cdp.send("Performance.getMetrics");
    const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return {
      minute: (performance.now() - began) / 60_000,
      server: residentBytes(bed.pid()) / MIB,
      bare: residentBytes(subscriber.pid) / MIB,
      heap: of("JSHeapUsedSize") / MIB,
      nodes: of("Nodes"),
    };
  }
} finally {
  await browser.close();
  await bed.stop();
}
