import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import type { InboundMessage } from "../ports";
import { startMosquitto } from "../testing/mosquitto";
import { startRecorder } from "../testing/recorder";
import { createHarness, MAIN } from "./mqtt.harness";

const TOPICS = 20;
const COUNT = 60_000;
/** Far more than the wire needs: two seconds for all, were all handled. */
const COST_MS = 0.035;

/** MQTT 3.1.1 §3.3: QoS 0, topic `f/<n>`, payload of six digits. */
function publishPacket(i: number): Buffer {
  const topic = Buffer.from(`f/${i % TOPICS}`);
  const rest = Buffer.concat([Buffer.from([0, topic.length]), topic, Buffer.from(String(i).padStart(6, "0"))]);
  return Buffer.concat([Buffer.from([0x30, rest.length]), rest]);
}
const CONNECT = Buffer.from([0x10, 13, 0, 4, ...Buffer.from("MQTT"), 4, 2, 0, 0, 0, 1, 0x66]);

function work(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test("FA-7, FA-8, FA-105: a flood through a real broker: all is handled or counted, in order, the newest of each topic is there, and it is told", async (context) => {
  const broker = await startMosquitto();
  context.onTestFinished(() => broker.stop());
  const device = await startRecorder(broker.url);
  context.onTestFinished(() => device.stop());
  await device.publish("kept/a", "retained", { retain: true, qos: 1 });

  const h = createHarness();
  context.onTestFinished(() => h.brokers.stop());
  const heard: InboundMessage[] = [];
  const numbers = () => h.brokers.counters()[MAIN] as { received: number; waiting: number; dropped: number };
  const all = new Promise<void>((resolve) => {
    h.brokers.onMessage((message) => {
      heard.push(message);
      work(COST_MS);
      if (numbers().received === COUNT + 1 && numbers().waiting === 0) resolve();
    });
  });
  h.apply({ url: broker.url }, { "f/+": 0 });
  await h.untilReady();

  const socket = connect(broker.port, broker.host);
  context.onTestFinished(() => void socket.destroy());
  socket.write(CONNECT);
  await once(socket, "data");
  socket.write(Buffer.concat(Array.from({ length: COUNT }, (_, i) => publishPacket(i))));
  // In the midst of it: what is retained comes with the flood.
  await h.untilState(({ flood }) => flood?.now === true);
  h.apply({ url: broker.url }, { "f/+": 0, "kept/+": 0 });
  await all;

  const { dropped } = numbers();
  expect(heard.length + dropped).toBe(COUNT + 1);
  expect(dropped).toBeGreaterThan(COUNT / 10);
  expect(heard.filter(({ topic }) => topic === "kept/a")).toHaveLength(1);
  const values = new Map<string, number[]>(Array.from({ length: TOPICS }, (_, i) => [`f/${i}`, []]));
  for (const { topic, payload } of heard) values.get(topic)?.push(Number(Buffer.from(payload).toString()));
  for (const [topic, said] of values) {
    expect(said).toEqual([...said].sort((a, b) => a - b));
    expect(said.at(-1)).toBe(COUNT - TOPICS + Number(topic.slice(2)));
  }

  const over = await h.untilState(({ flood }) => flood?.now === false);
  expect(over).toMatchObject({ state: "connected", flood: { dropped } });
});
