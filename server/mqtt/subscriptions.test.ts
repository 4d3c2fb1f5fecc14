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
