import mqtt, { type IClientPublishOptions } from "mqtt";
import { createWaiting } from "./waiting";

/** The devices of a test: one client that speaks for all of them, and comes back by itself when the broker does. */
export interface TestDevices {
  ready(): Promise<unknown>;
  say(topic: string, payload: string | Buffer, options?: IClientPublishOptions): Promise<unknown>;
  /** Calls `say` so often, while there is a broker, until the answer is called. */
  repeat(everyMs: number, speak: () => void): () => void;
  /** QoS 0, not awaited; false: there is no broker just now. */
  shout(topic: string, payload: string | Buffer): boolean;
  /** Answers commands on `set` with the same payload on `state`. */
  obey(set: string, state: string): void;
  stop(): Promise<void>;
}

export async function startDevices(url: string, options: mqtt.IClientOptions = {}): Promise<TestDevices> {
  const client = mqtt.connect(url, {
    protocolVersion: 5,
    reconnectPeriod: 50,
    resubscribe: false,
    queueQoSZero: false,
    ...options,
  });
  const waiting = createWaiting();
  const obeyed = new Map<string, string>();
  let ready = false;
  const timers = new Set<NodeJS.Timeout>();
  const listen = () => {
    const topics = [...obeyed.keys()];
    if (topics.length > 0) client.subscribe(topics, { qos: 1 });
  };
  client.on("connect", () => {
    ready = true;
    listen();
    waiting.look();
  });
  client.on("close", () => {
    ready = false;
  });
  // The broker is killed on purpose.
  client.on("error", () => undefined);
  client.on("message", (topic, payload) => {
    const state = obeyed.get(topic);
    if (state !== undefined) client.publish(state, payload, { qos: 1 });
  });
  const untilReady = () => waiting.until("the devices are connected", () => ready);
  await untilReady();
  return {
    ready: untilReady,
    say: (topic, payload, publish = { qos: 1 }) => client.publishAsync(topic, payload, publish),
    repeat(everyMs, speak) {
      const timer = setInterval(() => {
        if (ready) speak();
      }, everyMs);
      timers.add(timer);
      return () => {
        clearInterval(timer);
        timers.delete(timer);
      };
    },
    shout(topic, payload) {
      if (ready) client.publish(topic, payload);
      return ready;
    },
    obey(set, state) {
      obeyed.set(set, state);
      if (ready) listen();
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await client.endAsync(true);
    },
  };
}
