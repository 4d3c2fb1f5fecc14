import mqtt from "mqtt";
import type { PastEvent } from "./past";
import { between, type Random, seededRandom, seedFor } from "./random";

/** Last will and birth: the broker publishes `offline` for a device that vanishes. */
export interface LastWill {
  topic: string;
  online: string;
  offline: string;
}

export type DevicePayload = string | number | object;

/** What a simulated device can do: what a real one could do with its MQTT client and its clock. */
export interface DeviceContext {
  random: Random;
  /** Epoch ms. */
  now(): number;
  /** An object goes out as JSON, bytes as they are. */
  say(topic: string, payload: DevicePayload, options?: { retain?: boolean }): void;
  /** What arrives on a command topic. */
  hear(topic: string, listener: (payload: string) => void): void;
  /**
   * Simulated time: intervals shrink with the house's pace, and are longer while the house makes up its past. `run` gets the
   * simulated milliseconds since the run before. The first run comes within two seconds.
   */
  every(ms: number, run: (elapsedMs: number) => void): void;
  /** Simulated time. */
  after(ms: number, run: () => void): void;
  /** Real time, whatever the pace: how long a relay or a motor takes. Calls back after a random time between the two. */
  answer(lowMs: number, highMs: number, run: () => void): void;
  /** Pulls the plug: the connection breaks without a goodbye and comes back after so long (simulated time). */
  vanish(ms: number): void;
}

export interface DeviceSpec {
  id: string;
  will?: LastWill;
  /** False: history keeps nothing of this device, so it needs no past. */
  past?: false;
  start(device: DeviceContext): void;
}

export interface HouseTuning {
  port: number;
  seed: number;
  /** 1 is real time; tests run the same house faster. */
  pace: number;
}

/** Where a device connects, and how it behaves there. */
export interface DeviceConnection extends Omit<HouseTuning, "port"> {
  /** The members of one cluster, tried in turn. */
  servers: readonly { host: string; port: number }[];
  /** How long a device waits before it connects again; absent: one that lost its broker stays away. */
  reconnectMs?: number;
  /** Topics as this broker takes them; absent: as they are. */
  spell?(topic: string): string;
}

/** Where a device lives: in the past that the house makes up (past.ts), then on the broker. */
export interface DeviceWorld extends Omit<DeviceContext, "random" | "hear"> {
  /** A command topic that the device listens on from now on. */
  listens(topic: string): void;
}

/** A device that was started in one world and can go on in another, with all that it remembers. */
export interface SimulatedDevice {
  readonly spec: DeviceSpec;
  readonly topics: Iterable<string>;
  /** The world that the device lives in from now on. The first call starts the device. */
  enter(world: DeviceWorld): void;
  receive(topic: string, payload: string): void;
}

export function createDevice(spec: DeviceSpec, seed: number): SimulatedDevice {
  const listeners = new Map<string, (payload: string) => void>();
  let world: DeviceWorld | undefined;
  const here = (): DeviceWorld => {
    if (!world) throw new Error(`${spec.id} was not started`);
    return world;
  };
  const context: DeviceContext = {
    random: seededRandom(seedFor(seed, spec.id)),
    now: () => here().now(),
    say: (topic, payload, options) => here().say(topic, payload, options),
    hear(topic, listener) {
      listeners.set(topic, listener);
      here().listens(topic);
    },
    every: (ms, run) => here().every(ms, run),
    after: (ms, run) => here().after(ms, run),
    answer: (low, high, run) => here().answer(low, high, run),
    vanish: (ms) => here().vanish(ms),
  };
  return {
    spec,
    get topics() {
      return listeners.keys();
    },
    enter(next) {
      const first = world === undefined;
      world = next;
      if (first) spec.start(context);
    },
    receive: (topic, payload) => listeners.get(topic)?.(payload),
  };
}

/**
 * Connects a device to the broker and starts it there, or lets it go on from its past: `left` is what it still had to do.
 * Resolves with the first connection, to how to stop it.
 */
export async function connectDevice(
  device: SimulatedDevice,
  tuning: DeviceConnection,
  left: readonly PastEvent[],
): Promise<() => void> {
  const { will, id } = device.spec;
  const { servers, spell = (topic: string) => topic } = tuning;
  /** As a device spells its command topics. */
  const heard = new Map<string, string>();
  const random = seededRandom(seedFor(tuning.seed, `${id} connected`));
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;

  const client = mqtt.connect({
    servers: servers.map((server) => ({ ...server, protocol: "mqtt" as const })),
    protocolVersion: 4,
    clientId: `demo-${id}`,
    keepalive: 30,
    reconnectPeriod: tuning.reconnectMs ?? 0,
    queueQoSZero: false,
    ...(will && {
      will: { topic: spell(will.topic), payload: Buffer.from(will.offline), qos: 1 as const, retain: true },
    }),
  });
  client.on("message", (topic, payload) => device.receive(heard.get(topic) ?? topic, payload.toString("utf8")));
  client.on("connect", () => {
    if (will) client.publish(spell(will.topic), will.online, { qos: 1, retain: true });
    for (const topic of device.topics) listen(topic);
  });
  // The worker that holds the broker is gone, or the plug was pulled: `close` follows, there is nobody else to tell.
  client.on("error", () => undefined);

  function listen(topic: string): void {
    heard.set(spell(topic), topic);
    client.subscribe(spell(topic), { qos: 1 });
  }

  const later = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!stopped) run();
    }, ms);
    timers.add(timer);
  };

  const world: DeviceWorld = {
    now: Date.now,
    say(topic, payload, options) {
      // What a device publishes without a connection is lost, as in life.
      if (!client.connected) return;
      client.publish(spell(topic), bytesOf(payload), { qos: 0, retain: options?.retain ?? false });
    },
    listens(topic) {
      if (client.connected) listen(topic);
    },
    every(ms, run) {
      const again = (): void => {
        run(ms);
        later(ms / tuning.pace, again);
      };
      later(between(random, 0.1, 1) * Math.min(ms, 2000), again);
    },
    after: (ms, run) => later(ms / tuning.pace, run),
    answer: (low, high, run) => later(between(random, low, high), run),
    vanish(ms) {
      client.stream.destroy();
      // A device that has vanished comes back when its plug is put in again.
      later(ms / tuning.pace, () => {
        if (!client.connected) client.reconnect();
      });
    },
  };

  await new Promise<void>((resolve, reject) => {
    client.once("connect", () => resolve());
    client.once("error", reject);
  });
  device.enter(world);
  for (const event of left) {
    if (event.kind === "every") world.every(event.ms, event.run);
    else world.after(event.inMs, event.run);
  }

  return () => {
    stopped = true;
    for (const timer of timers) clearTimeout(timer);
    client.end(true);
  };
}

/** As it goes over the wire. */
export const bytesOf = (payload: DevicePayload): Buffer =>
  Buffer.isBuffer(payload)
    ? payload
    : Buffer.from(typeof payload === "object" ? JSON.stringify(payload) : String(payload));
