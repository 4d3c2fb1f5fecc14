import type { Broker, BrokerState } from "../../lib/broker";
import type { BrokerId, CommandId } from "../../lib/ids";
import type { Qos } from "../../lib/qos";
import type { Topic, TopicFilter } from "../../lib/topics/parse";
import { systemClock } from "../clock";
import type { CommandPublish, InboundMessage, Log } from "../ports";
import { type BrokersParts, createBrokers } from "./brokers";

/** For the tests of this folder: real connections, and promises for what is awaited. */

export const MAIN = "main" as BrokerId;
const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

export interface Harness {
  brokers: ReturnType<typeof createBrokers>;
  messages: InboundMessage[];
  apply(broker: Partial<Broker> & { url: string }, filters: Record<string, Qos> | [string, Qos][]): void;
  state(): BrokerState;
  untilState(predicate: (state: BrokerState) => boolean): Promise<BrokerState>;
  /** Connected, and commands can go out. */
  untilReady(): Promise<void>;
  untilMessage(predicate: (message: InboundMessage) => boolean): Promise<InboundMessage>;
  command(topic: string, payload: string, more?: Partial<CommandPublish>): CommandPublish;
}

export function createHarness(parts: Partial<BrokersParts> = {}): Harness {
  const brokers = createBrokers({ clock: systemClock, log: silentLog, random: () => 0, ...parts });
  brokers.start();
  const messages: InboundMessage[] = [];
  const checks = new Set<() => void>();
  const look = () => {
    for (const check of checks) check();
  };
  brokers.onState(look);
  brokers.onMessage((message) => {
    messages.push(message);
    look();
  });
  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const check = () => {
        const found = find();
        if (found === undefined) return;
        checks.delete(check);
        resolve(found);
      };
      checks.add(check);
      check();
    });
  const state = () => brokers.states()[0] as BrokerState;
  return {
    brokers,
    messages,
    apply(broker, filters) {
      const entries = Array.isArray(filters) ? filters : Object.entries(filters);
      const map = new Map(entries.map(([filter, qos]) => [filter as TopicFilter, qos]));
      brokers.apply([{ id: MAIN, ...broker }], new Map([[MAIN, map]]));
    },
    state,
    untilState: (predicate) => until(() => (brokers.states()[0] && predicate(state()) ? state() : undefined)),
    untilReady: () => until(() => (brokers.connected(MAIN) ? true : undefined)).then(() => {}),
    untilMessage: (predicate) => until(() => messages.find(predicate)),
    command: (topic, payload, more = {}) => ({
      broker: MAIN,
      topic: topic as Topic,
      payload,
      qos: 1,
      retain: false,
      commandId: crypto.randomUUID() as CommandId,
      ...more,
    }),
  };
}
