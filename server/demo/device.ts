import mqtt from "mqtt";
import { between, type Random, seededRandom, seedFor } from "./random";

/** Who says that a device is there: its broker publishes `offline` in its name when it vanishes. */
export interface LastWill {
  topic: string;
  online: string;
  offline: string;
}

/** What a simulated device can do: what a real one could do with its MQTT client and its clock. */
export interface DeviceContext {
  random: Random;
  /** Epoch ms. */
  now(): number;
  /** An object goes out as JSON, bytes as they are. */
  say(topic: string, payload: string | number | object, options?: { retain?: boolean }): void;
  /** What arrives on a command topic. */
  hear(topic: string, listener: (payload: string) => void): void;
  /** Simulated time: intervals shrink with the house's pace. The first run comes within two seconds. */
  every(ms: number, run: () => void): void;
  /** Simulated time. */
  after(ms: number, run: () => void): void;
  /** Real time, whatever the pace: how long a relay or a motor takes. Answers with a random time between the two. */
  answer(lowMs: number, highMs: number, run: () => void): void;
  /** Pulls the plug: the connection breaks without a goodbye and comes back after so long (simulated time). */
  vanish(ms: number): void;
}

export interface DeviceSpec {
  id: string;
  will?: LastWill;
  start(device: DeviceContext): void;
}

export interface HouseTuning {
  port: number;
  seed: number;
  /** 1 is real time; tests run the same house faster. */
  pace: number;
}

/** Connects a device and starts it; answers how to stop it. Resolves with the first connection. */
export async function runDevice(spec: DeviceSpec, tuning: HouseTuning): Promise<() => void> {
  const random = seededRandom(seedFor(tuning.seed, spec.id));
  const listeners = new Map<string, (payload: string) => void>();
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;

  const client = mqtt.connect({
    host: "127.0.0.1",
    port: tuning.port,
    protocolVersion: 4,
    clientId: `demo-${spec.id}`,
    keepalive: 30,
    // A device that has vanished comes back when its plug is put in again, not by itself.
    reconnectPeriod: 0,
    queueQoSZero: false,
    ...(spec.will && {
      will: { topic: spec.will.topic, payload: Buffer.from(spec.will.offline), qos: 1 as const, retain: true },
    }),
  });
  client.on("message", (topic, payload) => listeners.get(topic)?.(payload.toString("utf8")));
  client.on("connect", () => {
    if (spec.will) client.publish(spec.will.topic, spec.will.online, { qos: 1, retain: true });
    for (const topic of listeners.keys()) client.subscribe(topic, { qos: 1 });
  });
  // The worker that holds the broker is gone, or the plug was pulled: `close` follows, there is nobody else to tell.
  client.on("error", () => undefined);

  const later = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!stopped) run();
    }, ms);
    timers.add(timer);
  };

  const context: DeviceContext = {
    random,
    now: Date.now,
    say(topic, payload, options) {
      // What a device without a connection has to say is lost, as in life.
      if (!client.connected) return;
      const json = typeof payload === "object" && !Buffer.isBuffer(payload);
      const said = Buffer.isBuffer(payload) ? payload : json ? JSON.stringify(payload) : String(payload);
      client.publish(topic, said, { qos: 0, retain: options?.retain ?? false });
    },
    hear(topic, listener) {
      listeners.set(topic, listener);
      if (client.connected) client.subscribe(topic, { qos: 1 });
    },
    every(ms, run) {
      const again = (): void => {
        run();
        later(ms / tuning.pace, again);
      };
      later(between(random, 0.1, 1) * Math.min(ms, 2000), again);
    },
    after: (ms, run) => later(ms / tuning.pace, run),
    answer: (low, high, run) => later(between(random, low, high), run),
    vanish(ms) {
      client.stream.destroy();
      later(ms / tuning.pace, () => client.reconnect());
    },
  };

  await new Promise<void>((resolve, reject) => {
    client.once("connect", () => resolve());
    client.once("error", reject);
  });
  spec.start(context);

  return () => {
    stopped = true;
    for (const timer of timers) clearTimeout(timer);
    client.end(true);
  };
}
