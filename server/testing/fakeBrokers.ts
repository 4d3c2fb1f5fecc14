import type { Broker, BrokerState } from "../../lib/broker";
import type { BrokerId } from "../../lib/ids";
import { createListeners } from "../../lib/listeners";
import { asWording, say } from "../../lib/texts/said";
import type { TopicFilter } from "../../lib/topics/parse";
import type { Brokers, Clock, CommandPublish, InboundMessage, PublishOutcome } from "../ports";

const never = (): never => {
  throw new Error("not part of this fake");
};

export interface FakeBrokers extends Brokers {
  /** What the connections are in; whoever listens is told of each change. */
  state: BrokerState[];
  readonly tested: Broker[];
  readonly published: CommandPublish[];
  /** Topics that the broker cannot carry. */
  readonly uncarried: Set<string>;
  /** What becomes of what is published from now on; undefined: the broker does not answer. */
  outcome: PublishOutcome | undefined;
  /** A message arrives, from the broker `main` unless told otherwise. */
  say(topic: string, payload: string | Uint8Array, more?: Partial<InboundMessage>): void;
  /** Resolves once this filter is subscribed. */
  listening(filter: string): Promise<void>;
}

/** The brokers as a test plays them: the one edge that is not there. What judges and stores behind it is real. */
export function fakeBrokers(clock: Pick<Clock, "now"> = { now: () => 1000 }): FakeBrokers {
  const messages = createListeners<[message: InboundMessage]>();
  const changes = createListeners<[states: BrokerState[]]>();
  const tested: Broker[] = [];
  const published: CommandPublish[] = [];
  const uncarried = new Set<string>();
  let state: BrokerState[] = [];
  let outcome: PublishOutcome | undefined = { outcome: "acked" };
  let subscribed: Parameters<Brokers["apply"]>[1] = new Map();
  return {
    get state() {
      return state;
    },
    set state(next) {
      state = next;
      changes.tell(next);
    },
    tested,
    published,
    uncarried,
    carries: async (_, topic) => (uncarried.has(topic) ? say("commands.noDots") : undefined),
    get outcome() {
      return outcome;
    },
    set outcome(next) {
      outcome = next;
    },
    apply: (_, filters) => {
      subscribed = filters;
    },
    states: () => state,
    // One that the test has given no state takes commands.
    connected: (id) => (state.find((one) => one.id === id)?.state ?? "connected") === "connected",
    onState: changes.add,
    onMessage: messages.add,
    publish(message) {
      published.push(message);
      return outcome ? Promise.resolve(outcome) : new Promise(() => undefined);
    },
    async test(broker) {
      tested.push(broker);
      return { ok: false, fault: "refused", reason: asWording("nothing listens there") };
    },
    preview: never,
    // Discovery samples each broker that is connected.
    explore: () => () => undefined,
    counters: () => ({ main: { received: 40, oversize: 1, dropped: 6 } }),
    say(topic, payload, more = {}) {
      const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
      const message = { broker: "main" as BrokerId, topic, payload: bytes, retained: false, receivedAt: clock.now() };
      messages.tell({ ...message, ...more });
    },
    async listening(filter) {
      const has = () => [...subscribed.values()].some((filters) => filters.has(filter as TopicFilter));
      while (!has()) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** As a broker is that lets Telltale in. */
export const connectedState = (id = "main"): BrokerState => ({
  id: id as BrokerId,
  name: id,
  since: 0,
  state: "connected",
  protocol: "5",
  rate: 1,
  refused: [],
});
