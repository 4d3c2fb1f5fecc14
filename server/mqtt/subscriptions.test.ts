import type { Socket } from "node:net";
import { MqttClient } from "mqtt";
import { afterEach, expect, test, vi } from "vitest";
import type { TopicFilter } from "../../lib/topics/parse";
import { createFakeClock } from "../testing/fakeClock";
import { startRecorder } from "../testing/recorder";
import { aedes, cleanups, flush, harness, listen, mosquitto, recorder } from "./brokers.harness";
import { MAIN } from "./mqtt.harness";

const CONNACK_5 = Buffer.from([0x20, 0x03, 0x00, 0x00, 0x00]);

afterEach(() => {
  vi.restoreAllMocks();
});

test("FA-26: literal filters are subscribed a hundred at a time, and each message is heard once, under a wildcard too", async () => {
  const subscribe = vi.spyOn(MqttClient.prototype, "subscribe");
  const broker = await mosquitto();
  const device = await recorder(broker.url);
  const own = subscribe.mock.calls.length;
  const h = harness();
  const many = Array.from({ length: 1000 }, (_, i): [string, 0] => [`many/${i}`, 0]);
  h.apply({ url: broker.url }, [...many, ["many/7/#", 0], ["mark", 0]]);
  await h.untilReady();
  expect(subscribe.mock.calls.length - own).toBeLessThanOrEqual(12);
  expect(h.state()).toMatchObject({ refused: [] });
  for (const i of [0, 7, 99, 100, 999]) await device.publish(`many/${i}`, "1");
  await flush(h, device, "mark");
  expect(h.messages.filter(({ topic }) => topic !== "mark").map(({ topic }) => topic)).toEqual(
    [0, 7, 99, 100, 999].map((i) => `many/${i}`),
  );

  // A replay, and a filter that goes, leave the others that share the identifier alone.
  h.messages.length = 0;
  h.brokers.replay?.(MAIN, "many/100" as TopicFilter);
  h.apply({ url: broker.url }, [...many.filter(([filter]) => filter !== "many/99"), ["many/7/#", 0], ["mark", 0]]);
  await flush(h, device, "mark");
  for (const i of [0, 7, 98, 99, 100]) await device.publish(`many/${i}`, "2");
  await flush(h, device, "mark");
  expect(h.messages.filter(({ topic }) => topic !== "mark").map(({ topic }) => topic)).toEqual(
    [0, 7, 98, 100].map((i) => `many/${i}`),
  );
});

test("FA-106: a refused subscription is asked for again each minute, and heard once it is allowed", async () => {
  let refusing = true;
  let asked = 0;
  const url = await aedes((filter) => {
    if (filter !== "secret/x") return false;
    asked++;
    return refusing;
  });
  const clock = createFakeClock();
  // No look for signs of life falls into the minutes that the test lets pass.
  const h = harness({ clock, keepaliveMs: 10_000_000 });
  h.apply({ url }, { "open/#": 0, "secret/x": 0 });
  await h.untilState((s) => s.state === "connected" && s.refused.length > 0);
  await h.untilReady();
  const before = h.state();
  clock.advance(60_000);
  await expect.poll(() => asked).toBe(2);
  expect(h.state()).toEqual({ ...before, rate: expect.any(Number) });
  refusing = false;
  clock.advance(60_000);
  await h.untilState((s) => s.state === "connected" && s.refused.length === 0);
  const device = await startRecorder(url, { protocolVersion: 4 });
  cleanups.push(() => device.stop());
  await device.publish("secret/x", "1");
  await h.untilMessage((m) => m.topic === "secret/x");
  clock.advance(60_000);
  await flush(h, device, "open/mark");
  expect(asked).toBe(3);
});

test("FA-27: commands go out only when the broker has answered every subscription", async () => {
  let connections = 0;
  let answer = () => {};
  const subscribed = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let socketOfListener: Socket | undefined;
  let packetId: Uint8Array = new Uint8Array(2);
  const { url } = await listen((socket) => {
    if (++connections === 1) socketOfListener = socket;
    socket.once("data", () => {
      socket.write(CONNACK_5);
      socket.once("data", (subscribe: Buffer) => {
        packetId = subscribe.subarray(2, 4);
        answer();
      });
    });
  });
  const h = harness();
  h.apply({ url }, { "pump/state": 0 });
  await subscribed;
  // FA-29: what stands and takes no commands says so.
  expect(h.state()).toMatchObject({ state: "connected", takesCommands: false });
  expect([connections, h.brokers.connected(MAIN)]).toEqual([1, false]);
  socketOfListener?.write(Buffer.from([0x90, 0x04, ...packetId, 0x00, 0x00]));
  await h.untilReady();
  expect(connections).toBe(2);
  expect(h.state()).not.toHaveProperty("takesCommands");
});

test("DV-105: a filter within a wider one costs no second copy: it is subscribed for its retained messages, then no more", async () => {
  const broker = await mosquitto();
  const device = await recorder(broker.url);
  const clock = createFakeClock();
  const h = harness({ clock, keepaliveMs: 10_000_000 });
  await device.publish("tele/x/SENSOR", "kept", { qos: 1, retain: true });
  h.apply({ url: broker.url }, { "tele/#": 0, mark: 0 });
  await h.untilReady();
  await h.untilMessage(({ topic, retained }) => topic === "tele/x/SENSOR" && retained);
  const copies = () => h.brokers.counters()[MAIN]?.copies ?? 0;
  const copiesOf = async (topic: string): Promise<number> => {
    await flush(h, device, "mark");
    const before = copies();
    await device.publish(topic, "live", { qos: 1 });
    await flush(h, device, "mark");
    return copies() - before;
  };

  // What is added later gets what the broker retains, by its own subscription.
  h.messages.length = 0;
  h.apply({ url: broker.url }, { "tele/#": 0, "tele/x/SENSOR": 0, mark: 0 });
  await h.untilMessage(({ topic, retained }) => topic === "tele/x/SENSOR" && retained);
  expect(await copiesOf("tele/x/SENSOR")).toBe(1);
  clock.advance(5000);
  clock.advance(5000);
  await expect.poll(() => copiesOf("tele/x/SENSOR")).toBe(0);

  // Asked for again, it comes again.
  h.messages.length = 0;
  h.brokers.replay?.(MAIN, "tele/x/SENSOR" as TopicFilter);
  await h.untilMessage(({ topic, retained }) => topic === "tele/x/SENSOR" && retained);
  clock.advance(5000);
  clock.advance(5000);
  await expect.poll(() => copiesOf("tele/x/SENSOR")).toBe(0);

  // The wide one goes: nothing is missed meanwhile.
  h.messages.length = 0;
  h.apply({ url: broker.url }, { "tele/x/SENSOR": 0, mark: 0 });
  for (let i = 0; i < 200; i++) await device.publish("tele/x/SENSOR", String(i), { qos: 1 });
  await flush(h, device, "mark");
  const heard = new Set(h.messages.map(({ payload }) => Buffer.from(payload).toString()));
  expect(Array.from({ length: 200 }, (_, i) => String(i)).filter((i) => !heard.has(i))).toEqual([]);
  // And what the wide one alone brought is not heard any more.
  h.messages.length = 0;
  await expect
    .poll(async () => {
      h.messages.length = 0;
      await device.publish("tele/y/SENSOR", "1", { qos: 1 });
      await flush(h, device, "mark");
      return h.messages.some(({ topic }) => topic === "tele/y/SENSOR");
    })
    .toBe(false);
});

test("DV-105: what is wanted from the start is subscribed once, and beside a wider filter of less QoS by itself", async () => {
  const subscribe = vi.spyOn(MqttClient.prototype, "subscribe");
  const broker = await mosquitto();
  const device = await recorder(broker.url);
  const own = subscribe.mock.calls.length;
  const h = harness();
  h.apply({ url: broker.url }, { "a/#": 0, "a/+/c": 0, "a/b/c": 0, "a/b/d": 1, mark: 0 });
  await h.untilReady();
  const asked = subscribe.mock.calls.slice(own).flatMap(([filters]) => filters as string[]);
  expect(asked.sort()).toEqual(["a/#", "a/b/d", "mark"]);
  await device.publish("a/b/c", "1", { qos: 1 });
  await flush(h, device, "mark");
  expect(h.messages.filter(({ topic }) => topic === "a/b/c")).toHaveLength(1);
  expect(h.brokers.counters()[MAIN]?.copies).toBe(0);
});

test("DV-105: within a wider filter that the broker refuses, each filter is subscribed by itself", async () => {
  const url = await aedes((filter) => filter === "wide/#");
  const h = harness();
  h.apply({ url }, { "wide/#": 0, "wide/a": 0, mark: 0 });
  await h.untilReady();
  const device = await startRecorder(url, { protocolVersion: 4 });
  cleanups.push(() => device.stop());
  await flush(h, device, "mark");
  await device.publish("wide/a", "1");
  await h.untilMessage(({ topic }) => topic === "wide/a");
  expect(h.state()).toMatchObject({ refused: [{ filter: "wide/#" }] });
});
