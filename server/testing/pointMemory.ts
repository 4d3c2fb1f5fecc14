import { BrokerState } from "../../lib/broker";
import type { BrokerId } from "../../lib/ids";
import { Registration } from "../../lib/registration";
import { createLiveState } from "../core/live/liveState";
import type { Brokers, Catalog, InboundMessage } from "../ports";
import { createFakeClock } from "./fakeClock";

/**
 * What topics under one wildcard cost, as JSON on the standard output. Run with `--expose-gc` in a process of its own, so that nothing
 * else of a test run counts.
 */
const FIRST = 500;
const MANY = 20_000;
/** How often the topics that fit are replaced by others. */
const TURNS = 4;
const STEP = 2000;

const main = "main" as BrokerId;
const clock = createFakeClock();
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const connected = BrokerState.parse({
  id: main,
  name: "main",
  state: "connected",
  protocol: "5",
  rate: 0,
  refused: [],
  since: clock.now(),
});

async function startLive(maxTopics: number) {
  let hear: (message: InboundMessage) => void = () => undefined;
  const registration = Registration.parse({ id: "house", filter: "house/+/state", type: "number", unit: "°C" });
  const catalog: Pick<Catalog, "registrations" | "brokers" | "defaultBroker" | "onChange"> = {
    registrations: () => [{ item: registration, origin: "store", version: 1 }],
    brokers: () => [],
    defaultBroker: () => main,
    onChange: () => () => undefined,
  };
  const brokers: Pick<Brokers, "apply" | "states" | "onState" | "onMessage"> = {
    apply: () => undefined,
    states: () => [connected],
    onState: () => () => undefined,
    onMessage(listener) {
      hear = listener;
      return () => undefined;
    },
  };
  const live = createLiveState({
    clock,
    log: silent,
    catalog: catalog as Catalog,
    brokers: brokers as Brokers,
    maxTopics,
  });
  await live.start();
  const hearTopics = (from: number, to: number): void => {
    for (let i = from; i < to; i++)
      hear({
        broker: main,
        // Made as a packet's parser makes them: of bytes, which nobody else holds.
        topic: Buffer.from(`house/sensor-${String(i).padStart(7, "0")}/state`).toString(),
        payload: Buffer.from(`${20.5 + i}`),
        receivedAt: clock.now(),
        retained: false,
      });
  };
  return { live, hearTopics };
}

function bytesUsed(): number {
  for (let i = 0; i < 4; i++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function perPoint(): Promise<number> {
  const { live, hearTopics } = await startLive(MANY * 2);
  hearTopics(0, FIRST);
  const before = bytesUsed();
  for (let reading = 0; reading < 2; reading++) {
    hearTopics(FIRST, FIRST + MANY);
    clock.advance(5000);
  }
  const bytes = (bytesUsed() - before) / MANY;
  await live.stop();
  return bytes;
}

/** How much more is held after a burst of topics, of which only the newest stay. */
async function growthOfBurst(): Promise<number> {
  const { live, hearTopics } = await startLive(MANY);
  const empty = bytesUsed();
  hearTopics(0, MANY);
  const full = bytesUsed();
  // The list of all points is made four times a second.
  for (let from = MANY; from < MANY * (1 + TURNS); from += STEP) {
    hearTopics(from, from + STEP);
    clock.advance(250);
  }
  const growth = (bytesUsed() - empty) / (full - empty);
  if (live.notices?.().length !== 1) throw new Error("no notice tells that topics are forgotten");
  await live.stop();
  return growth;
}

process.stdout.write(JSON.stringify({ perPoint: await perPoint(), growthOfBurst: await growthOfBurst() }));
