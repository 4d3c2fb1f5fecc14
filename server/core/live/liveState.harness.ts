import { afterEach } from "vitest";
import type { BrokerState } from "../../../lib/broker";
import type { BrokerId, PointId } from "../../../lib/ids";
import { Registration, type RegistrationInput } from "../../../lib/registration";
import { asWording } from "../../../lib/texts/said";
import type { Brokers, Catalog, HistoryStore, InboundMessage, LiveChange, LivePoint, StoredReading } from "../../ports";
import { createFakeClock } from "../../testing/fakeClock";
import { createLiveState } from "./liveState";
import type { PaceMemory } from "./paces";

const MAIN = "main" as BrokerId;
const bytes = (text: string) => new TextEncoder().encode(text);
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A live state with a broker and a catalog that the test plays. */
export async function setUp(options: {
  topics: RegistrationInput[];
  remembered?: StoredReading[];
  maxTopics?: number;
  paces?: PaceMemory;
}) {
  const clock = createFakeClock();
  const up = (): BrokerState => ({
    id: MAIN,
    name: "main",
    state: "connected",
    protocol: "5",
    rate: 0,
    refused: [],
    since: clock.now(),
  });
  let states: BrokerState[] = [up()];
  let onMessage: (message: InboundMessage) => void = () => undefined;
  let onState: (states: BrokerState[]) => void = () => undefined;
  let onCatalog: Parameters<Catalog["onChange"]>[0] = () => undefined;
  let registrations = options.topics.map((topic) => Registration.parse(topic));
  const applied: Parameters<Brokers["apply"]>[1][] = [];
  const replayed: string[] = [];
  const stored: StoredReading[] = [];

  const live = createLiveState({
    clock,
    log: silent,
    maxTopics: options.maxTopics,
    paces: options.paces,
    catalog: {
      registrations: () => registrations.map((item) => ({ item, origin: "store" })),
      brokers: () => [],
      defaultBroker: () => MAIN,
      onChange(listener: typeof onCatalog) {
        onCatalog = listener;
        return () => undefined;
      },
    } as unknown as Catalog,
    brokers: {
      apply: (_: unknown, filters: (typeof applied)[number]) => void applied.push(filters),
      replay: (_: BrokerId, filter: string) => void replayed.push(filter),
      states: () => states,
      onMessage(listener: typeof onMessage) {
        onMessage = listener;
        return () => undefined;
      },
      onState(listener: typeof onState) {
        onState = listener;
        return () => undefined;
      },
    } as unknown as Brokers,
    history: {
      append: (reading: StoredReading) => void stored.push(reading),
      latest: async () => options.remembered ?? [],
    } as unknown as HistoryStore,
  });
  await live.start();
  stops.push(live.stop);
  const updates: [LivePoint, LiveChange][] = [];
  live.onUpdate((point, change) => updates.push([point, change]));

  return {
    clock,
    live,
    updates,
    stored,
    replayed,
    filters: () => Object.fromEntries(applied.at(-1)?.get(MAIN) ?? []),
    say(topic: string, text: string, more: Partial<InboundMessage> = {}) {
      onMessage({ broker: MAIN, topic, payload: bytes(text), retained: false, receivedAt: clock.now(), ...more });
    },
    broker(state: "up" | "down" | "connecting", reason = "connection refused") {
      const base = { id: MAIN, name: "main", since: clock.now() };
      const down: BrokerState = { ...base, state: "offline", fault: "refused", reason: asWording(reason) };
      states = [state === "up" ? up() : state === "down" ? down : { ...base, state: "connecting" }];
      onState(states);
    },
    refuse(refused: { filter: string; reason: string }[]) {
      states = [{ ...up(), refused } as BrokerState];
      onState(states);
    },
    register(topics: RegistrationInput[]) {
      registrations = topics.map((topic) => Registration.parse(topic));
      onCatalog({ brokers: false, registrations: true, dashboards: false });
    },
    point: (id: string) => live.get(id as PointId),
    status: (id: string) => live.get(id as PointId)?.status,
  };
}
