import mqtt, { type MqttClient } from "mqtt";

export interface Heard {
  topic: string;
  payload: string;
  command: string | undefined;
}

/** A client of its own that writes down all that it hears on `#`, through any number of broker restarts. */
export interface Recorder {
  readonly heard: Heard[];
  readonly client: MqttClient;
  /** Resolves when the predicate holds, looked at on every message. */
  until(predicate: (heard: Heard[]) => boolean): Promise<void>;
  publish(topic: string, payload: string, options?: mqtt.IClientPublishOptions): Promise<void>;
  /** Connected and subscribed (again). */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export async function startRecorder(url: string, options: mqtt.IClientOptions = {}): Promise<Recorder> {
  const heard: Heard[] = [];
  const checks = new Set<() => void>();
  let subscribed = false;
  let waiting: (() => void)[] = [];
  const client = mqtt.connect(url, {
    protocolVersion: 5,
    reconnectPeriod: 50,
    resubscribe: false,
    queueQoSZero: false,
    ...options,
  });
  client.on("connect", () => {
    client.subscribe("#", { qos: 1 }, () => {
      subscribed = true;
      for (const done of waiting.splice(0)) done();
    });
  });
  client.on("close", () => {
    subscribed = false;
  });
  client.on("message", (topic, payload, packet) => {
    const command = packet.properties?.userProperties?.["telltale-command"];
    heard.push({ topic, payload: payload.toString(), command: typeof command === "string" ? command : undefined });
    for (const check of checks) check();
  });
  const ready = () => (subscribed ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve)));
  await ready();
  return {
    heard,
    client,
    ready,
    until: (predicate) =>
      new Promise((resolve) => {
        const check = () => {
          if (!predicate(heard)) return;
          checks.delete(check);
          resolve();
        };
        checks.add(check);
        check();
      }),
    publish: async (topic, payload, publishOptions = { qos: 1 }) => {
      await client.publishAsync(topic, payload, publishOptions);
    },
    stop: async () => {
      waiting = [];
      await client.endAsync(true);
    },
  };
}
