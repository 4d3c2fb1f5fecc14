import { afterEach } from "vitest";
import { Broker } from "../../../lib/broker";
import type { BrokerId } from "../../../lib/ids";
import { createListeners } from "../../../lib/listeners";
import type { Brokers, Clock, CommandPublish, InboundMessage } from "../../ports";
import { fakeBrokers } from "../../testing/fakeBrokers";
import { createFakeClock, type FakeClock } from "../../testing/fakeClock";
import { createMemoryConfigStore } from "../../testing/memoryConfigStore";
import { createCatalog } from "../catalog/catalog";
import { createLiveState } from "../live/liveState";
import { createRecentMessages } from "../messages/recentMessages";
import { createDiscoveryService } from "./discoveryService";

const MAIN = "main" as BrokerId;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

export const CONFIG = "homeassistant/sensor/kitchen_t/config";
export const config = (over: object = {}) => ({
  name: "Temperature",
  unique_id: "kitchen_t",
  state_topic: "home/kitchen/t",
  unit_of_measurement: "°C",
  device: { identifiers: ["kitchen"], name: "Kitchen", manufacturer: "Acme" },
  ...over,
});

/** Discovery and the live state on a fake broker that the test controls; the catalog and the store are real. */
export async function testBed(
  store = createMemoryConfigStore(),
  { clock = createFakeClock(), ...options }: { maxWritten?: number; clock?: Clock } = {},
) {
  await store.putBroker(Broker.parse({ id: "main", url: "mqtt://127.0.0.1" }));
  const catalog = createCatalog({ store, sources: [], log: silent });
  await catalog.start();
  const listeners = createListeners<[message: InboundMessage]>();
  let filters: string[] = [];
  const published: CommandPublish[] = [];
  const brokers: Brokers = {
    ...fakeBrokers(),
    async publish(sent) {
      published.push(sent);
      return { outcome: "acked" };
    },
    apply: (_, wanted) => {
      filters = [...(wanted.get(MAIN)?.keys() ?? [])];
    },
    onMessage: listeners.add,
  };
  const recent = createRecentMessages();
  const discovery = await createDiscoveryService({ clock, log: silent, store, catalog, brokers, recent, ...options });
  discovery.start();
  const live = createLiveState({ clock, log: silent, catalog, brokers, feed: discovery.feed, recent });
  await live.start();
  stops.push(discovery.stop, live.stop);
  return {
    store,
    catalog,
    discovery,
    live,
    published,
    filters: () => filters,
    say(topic: string, payload: unknown, retained = false) {
      const bytes =
        payload instanceof Buffer
          ? payload
          : Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload));
      listeners.tell({ broker: MAIN, topic, payload: bytes, retained, receivedAt: clock.now() });
    },
    found: async () => (await discovery.found()).map((row) => row.show()),
    now: clock.now,
    settle: () => ("advanceAsync" in clock ? (clock as FakeClock).advanceAsync(1000) : Promise.resolve()),
    registrations: () => catalog.registrations().map(({ item }) => item),
  };
}
