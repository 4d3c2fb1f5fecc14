import { afterEach, expect, test } from "vitest";
import { Broker } from "../lib/broker";
import type { BrokerId } from "../lib/ids";
import { systemClock } from "./clock";
import { createCatalog } from "./core/catalog/catalog";
import { createDiscoveryService } from "./core/discovery/discoveryService";
import { createLiveState } from "./core/live/liveState";
import { createRecentMessages } from "./core/messages/recentMessages";
import { createBrokers } from "./mqtt/brokers";
import { createMemoryConfigStore } from "./testing/memoryConfigStore";
import { startMosquitto } from "./testing/mosquitto";
import { startRecorder } from "./testing/recorder";

const MAIN = "main" as BrokerId;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Discovery that adds what it finds, and the live state, on a broker. */
async function testBed(url: string) {
  const store = createMemoryConfigStore();
  await store.putBroker(Broker.parse({ id: "main", url }));
  const catalog = createCatalog({ store, sources: [], log: silent });
  await catalog.start();
  const brokers = createBrokers({ clock: systemClock, log: silent, random: () => 0 });
  const recent = createRecentMessages();
  const discovery = await createDiscoveryService({ clock: systemClock, log: silent, store, catalog, brokers, recent });
  await discovery.setMode("add");
  const live = createLiveState({ clock: systemClock, log: silent, catalog, brokers, feed: discovery.feed, recent });
  brokers.start();
  discovery.start();
  await live.start();
  cleanups.push(async () => {
    discovery.stop();
    live.stop();
    await brokers.stop();
  });
  return { brokers, catalog, live };
}

test("DV-108: below a prefix that nobody expects a camera is found on a real broker, and its topics come once", async () => {
  const broker = await startMosquitto();
  cleanups.push(() => broker.stop());
  const nvr = await startRecorder(broker.url);
  cleanups.push(() => nvr.stop());
  for (const [topic, payload] of [
    ["nvr2/available", "online"],
    ["nvr2/garden/detect/state", "OFF"],
    ["nvr2/garden/dog", "2"],
  ] as const)
    await nvr.publish(topic, payload, { qos: 1, retain: true });
  const { brokers, catalog, live } = await testBed(broker.url);
  const topics = () => catalog.registrations().map(({ item }) => item.filter);
  await expect
    .poll(topics, { timeout: 20_000 })
    .toEqual(expect.arrayContaining(["nvr2/garden/detect/state", "nvr2/garden/dog"]));
  const received = () => live.counters().received ?? 0;
  const copies = () => brokers.counters()[MAIN]?.copies ?? 0;
  // Once the subscriptions of their own are given up, each message comes once.
  const copiesOf = async (): Promise<number> => {
    const [before, seen] = [copies(), received()];
    await nvr.publish("nvr2/garden/dog", String(seen % 5), { qos: 1 });
    await expect.poll(received).toBeGreaterThan(seen);
    // The same connection brings what was published before it.
    await nvr.publish("nvr2/garden/dog", "3", { qos: 1 });
    await expect.poll(received).toBeGreaterThan(seen + 1);
    return copies() - before;
  };
  await expect.poll(copiesOf, { timeout: 60_000, interval: 500 }).toBe(0);
}, 120_000);
