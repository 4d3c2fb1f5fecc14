import mqtt, { type MqttClient } from "mqtt";

export interface Heard {
  topic: string;
  text: string;
  retained: boolean;
}

/** Stands in for the devices of a test: says what they would say, and hears what they are told. */
export interface FakeDevice {
  readonly client: MqttClient;
  say(topic: string, payload: string | number | object, options?: { retain?: boolean }): Promise<void>;
  /** Everything that arrived on filters that were listened to, oldest first. */
  readonly heard: readonly Heard[];
  listen(filter: string): Promise<void>;
  /** Answers each message on a command topic, like a relay: at once, or after so many ms. `undefined` says nothing. */
  answer(
    commandTopic: string,
    stateTopic: string,
    reply?: (payload: string) => string | undefined,
    afterMs?: number,
  ): Promise<void>;
  close(): Promise<void>;
}

export async function connectFakeDevice(url: string): Promise<FakeDevice> {
  const client = await mqtt.connectAsync(url, { protocolVersion: 4, reconnectPeriod: 200 });
  const heard: Heard[] = [];
  const answers = new Map<string, (payload: string) => void>();
  client.on("message", (topic, payload, packet) => {
    heard.push({ topic, text: payload.toString(), retained: packet.retain });
    answers.get(topic)?.(payload.toString());
  });
  const say: FakeDevice["say"] = async (topic, payload, options) => {
    const text = typeof payload === "object" ? JSON.stringify(payload) : String(payload);
    await client.publishAsync(topic, text, { qos: 1, retain: options?.retain ?? false });
  };
  const listen = async (filter: string): Promise<void> => {
    await client.subscribeAsync(filter, { qos: 1 });
  };
  /** A test may end before its device has answered. */
  const report = (topic: string, text: string): Promise<void> =>
    say(topic, text).catch((error: unknown) => {
      if (!client.disconnecting) throw error;
    });
  return {
    client,
    heard,
    say,
    listen,
    async answer(commandTopic, stateTopic, reply = (payload) => payload, afterMs = 0) {
      answers.set(commandTopic, (payload) => {
        const text = reply(payload);
        if (text !== undefined) setTimeout(() => void report(stateTopic, text), afterMs);
      });
      await listen(commandTopic);
    },
    close: () => client.endAsync(true),
  };
}
