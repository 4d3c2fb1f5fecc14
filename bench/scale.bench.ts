import { Registration } from "../lib/registration";
import { systemClock } from "../server/clock";
import { createCatalog } from "../server/core/catalog";
import { createLiveState } from "../server/core/liveState";
import type { Brokers } from "../server/ports";
import { createMemoryConfigStore } from "../server/testing/memoryConfigStore";
import { type House, startHouse } from "./house";
import { pause } from "./measure";
import { launchBrowser } from "./page";
import { publish } from "./processes";
import { report } from "./rows";
import { openStreams, type Streams } from "./streams";

/**
 * Ten thousand registered topics: how long from the server's first answer until all are live, what the page Everything costs, and
 * how long frames stop for somebody else meanwhile. Then messages made to hold the event loop. The longest time without a frame is
 * beside the longest time without a message at a bare subscriber, at a message every 10 ms.
 */
const MANY = 10_000;
const RATE = 100;
const LIVE_LIMIT_MS = 60_000;

async function startWithMany(): Promise<House> {
  let readyAt = 0;
  const house = await startHouse({
    points: MANY,
    tiles: 20,
    more: [
      { id: "auto", filter: "hostile/auto" },
      { id: "place", filter: "hostile/place", type: "location" },
    ],
    before: async (mosquitto, topics) => {
      const retained = { port: mosquitto.port, topics, rate: 5000, seconds: MANY / 5000, base: Date.now() };
      await (await publish({ ...retained, retain: true })).done;
    },
    onReady: () => {
      readyAt = performance.now();
    },
  });
  while ((await house.metric("telltale_broker_received")) < MANY && performance.now() - readyAt < LIVE_LIMIT_MS)
    await pause(25);
  report({
    what: `start with ${MANY} registrations: all live after ready`,
    value: (performance.now() - readyAt) / 1000,
    unit: "s",
    budget: { value: 2 },
  });
  return house;
}

async function gapDuring(streams: Streams, what: string, act: () => Promise<unknown>): Promise<void> {
  await pause(500);
  await streams.begin();
  await pause(200);
  await act();
  await pause(500);
  const { ours, bare } = await streams.noted();
  report({
    what: `longest time without a frame: ${what}`,
    value: ours.longestGap,
    bare: bare.longestGap,
    unit: "ms",
    of: "a bare subscriber",
    // A message every 10 ms, and 50 ms on top.
    budget: { value: 60 },
  });
}

async function everything(house: House, streams: Streams): Promise<void> {
  const url = `${house.telltale.url}/everything`;
  const html = await (await fetch(url)).text();
  const name = `Everything with ${MANY} points`;
  report({ what: `${name}: HTML`, value: html.length / 1000, unit: "kB", budget: { value: 300 } });
  await gapDuring(streams, "nobody does anything", () => pause(2000));
  await gapDuring(streams, `somebody asks for ${name}`, async () => {
    for (let i = 0; i < 3; i++) await (await fetch(url)).text();
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    let first = Number.NaN;
    await gapDuring(streams, `a browser opens ${name}`, async () => {
      const began = performance.now();
      await page.goto(url, { waitUntil: "commit" });
      await page.waitForFunction(() => /\d/.test(document.querySelector("[data-value]")?.textContent ?? ""));
      first = performance.now() - began;
    });
    report({ what: `${name}: first value`, value: first, unit: "ms", budget: { value: 1500 } });
  } finally {
    await browser.close();
  }
}

/** Each held the event loop for seconds once. */
const HOSTILE: readonly (readonly [what: string, topic: string, payload: string])[] = [
  ["a string without end", "homeassistant/sensor/x/config", `{"a":1234567890123456,"b":"${'\\"'.repeat(32_000)}`],
  ["deep JSON", "hostile/auto", "[".repeat(60_000)],
  ["long digits", "hostile/auto", `{"a":${"9".repeat(60_000)}}`],
  ["a number and spaces", "hostile/place", `1${" ".repeat(40_000)}`],
  ["many keys", "hostile/auto", `{${Array.from({ length: 8000 }, (_, i) => `"k${i}":${i}`).join()}}`],
];

async function hostile(house: House, streams: Streams): Promise<void> {
  const { connectAsync } = await import("mqtt");
  const client = await connectAsync(house.mosquitto.url);
  for (const [what, topic, payload] of HOSTILE)
    await gapDuring(streams, `a hostile message, ${what}`, () => client.publishAsync(topic, payload));
  await client.endAsync();
}

/** In this process: what a change of one registration takes from the event loop in one turn. */
async function changeOne(): Promise<void> {
  const store = createMemoryConfigStore();
  const registration = (i: number, name: string) =>
    Registration.parse({ id: `p${i}`, name, filter: `bench/p${i}`, type: "number", unit: "°C" });
  await store.putRegistrations(Array.from({ length: MANY }, (_, i) => registration(i, `Sensor ${i}`)));
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const catalog = await createCatalog({ store, sources: [], log: silent });
  const brokers: Pick<Brokers, "onMessage" | "onState" | "states" | "apply"> = {
    onMessage: () => () => undefined,
    onState: () => () => undefined,
    states: () => [],
    apply: () => undefined,
  };
  const live = createLiveState({ clock: systemClock, log: silent, catalog, brokers: brokers as Brokers });
  await live.start();
  let longest = 0;
  let last = performance.now();
  let watching = true;
  const turn = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (watching) setImmediate(turn);
  };
  turn();
  await catalog.putRegistration(registration(7, "Renamed"), "replace");
  await pause(500);
  watching = false;
  report({
    what: `one of ${MANY} registrations changed for the first time: event loop held`,
    value: longest,
    unit: "ms",
    budget: { value: 50 },
  });
  await live.stop();
}

await changeOne();
const house = await startWithMany();
const base = Date.now();
const streams = await openStreams(house, base, "bench/p1");
try {
  // One topic of the dashboard speaks; the others rest.
  const { port } = house.mosquitto;
  const stream = await publish({ port, topics: [house.topics[1] as string], rate: RATE, seconds: 600, base });
  await everything(house, streams);
  await hostile(house, streams);
  await stream.stop();
} finally {
  await streams.stop();
  await house.stop();
}
