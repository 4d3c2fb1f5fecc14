import { setTimeout as pause } from "node:timers/promises";
import { MqttClient } from "mqtt";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Qos } from "../../lib/qos";
import { saying } from "../../lib/texts/said.harness";
import type { CommandPublish, PublishOutcome } from "../ports";
import { type Mosquitto, type MosquittoOptions, startMosquitto } from "../testing/mosquitto";
import { type Recorder, startRecorder } from "../testing/recorder";
import { flush } from "./brokers.harness";
import { createHarness, type Harness, MAIN } from "./mqtt.harness";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function setUp(options?: MosquittoOptions, parts?: Parameters<typeof createHarness>[0]) {
  const broker: Mosquitto = await startMosquitto(options);
  cleanups.push(() => broker.stop());
  const recorder: Recorder = await startRecorder(broker.url);
  cleanups.push(() => recorder.stop());
  const h: Harness = createHarness(parts);
  cleanups.push(() => h.brokers.stop());
  h.apply({ url: broker.url }, {});
  await h.untilReady();
  return { broker, recorder, h };
}

const mark = async (recorder: Recorder): Promise<void> => {
  const text = crypto.randomUUID();
  await recorder.ready();
  await recorder.publish("mark", text);
  await recorder.until((heard) => heard.some((m) => m.payload === text));
};

test("CM-40: a broker without a subscriber for the topic says so, and nothing where somebody listens", async () => {
  const broker = await startMosquitto();
  cleanups.push(() => broker.stop());
  const h = createHarness();
  cleanups.push(() => h.brokers.stop());
  h.apply({ url: broker.url }, {});
  await h.untilReady();
  expect(await h.brokers.publish(h.command("nobody/set", "ON", { qos: 1 }))).toEqual({
    outcome: "acked",
    unheard: true,
  });
  const recorder = await startRecorder(broker.url);
  cleanups.push(() => recorder.stop());
  await recorder.ready();
  expect(await h.brokers.publish(h.command("nobody/set", "ON", { qos: 1 }))).toEqual({ outcome: "acked" });
});

describe("the fence", () => {
  test("CM-27: over 20 broker restarts with commands in flight nothing is published twice, or after it was refused", async () => {
    const { broker, recorder, h } = await setUp();
    const told = new Map<string, PublishOutcome["outcome"]>();
    const open = new Set<Promise<unknown>>();
    /** The run of the broker in which each command was given, and those in which it was heard. */
    let run = 0;
    const given = new Map<string, number>();
    const heard = new Map<string, number[]>();
    recorder.client.on("message", (_topic, _payload, packet) => {
      const id = packet.properties?.userProperties?.["telltale-command"];
      if (typeof id === "string") heard.set(id, [...(heard.get(id) ?? []), run]);
    });
    let serial = 0;
    const fire = (): void => {
      const message = h.command(`fence/${serial % 3}`, String(serial), { qos: (serial % 3) as Qos });
      serial++;
      given.set(message.commandId, run);
      const outcome = h.brokers.publish(message).then((result) => {
        told.set(message.commandId, result.outcome);
        open.delete(outcome);
      });
      open.add(outcome);
    };
    for (let restart = 0; restart < 20; restart++) {
      await h.untilReady();
      // Some are acknowledged, some are on their way when the broker dies, some come after.
      for (let i = 0; i < 10; i++) {
        fire();
        await new Promise((resolve) => setImmediate(resolve));
      }
      for (let i = 0; i < 15; i++) fire();
      const gone = new Promise<void>((resolve) => recorder.client.once("close", () => resolve()));
      const died = restart % 2 === 0 ? broker.kill() : broker.restart();
      fire();
      // All that this run of the broker has said is read when the recorder's connection has closed.
      await Promise.all([died, gone]);
      run++;
      fire();
      if (restart % 2 === 0) await broker.restart();
      fire();
    }
    await h.untilReady();
    await recorder.ready();
    const last: CommandPublish = h.command("fence/last", "last");
    given.set(last.commandId, run);
    expect(await h.brokers.publish(last)).toEqual({ outcome: "acked" });
    await Promise.all(open);
    await mark(recorder);

    expect([...heard].filter(([, runs]) => runs.length > 1)).toEqual([]);
    expect([...heard].filter(([id, [when]]) => when !== given.get(id))).toEqual([]);
    expect([...told].filter(([id, outcome]) => outcome === "not-sent" && heard.has(id))).toEqual([]);
    expect(heard.get(last.commandId)).toEqual([run]);
    // The scenario is worth something only if all three happened.
    const outcomes = new Set(told.values());
    expect(outcomes).toEqual(new Set(["acked", "unknown", "not-sent"]));
    expect(told.size).toBe(serial);
  });

  test.each([
    ["a wildcard", "a/#"],
    ["a wildcard inside", "a/+/b"],
    ["NUL", "a/\u0000b"],
    ["a control character", "a/\u0001"],
    ["a non-character", "a/\uffff"],
    ["half a surrogate pair", "a/\ud800"],
    ["too many bytes", `a/${"x".repeat(70_000)}`],
    ["nothing at all", ""],
  ])("CM-28: a topic with %s never reaches MQTT.js, and the next command goes out", async (_what, topic) => {
    const { h } = await setUp();
    const publish = vi.spyOn(MqttClient.prototype, "publish");
    expect(await h.brokers.publish(h.command(topic, "1"))).toMatchObject({ outcome: "not-sent" });
    expect(publish).not.toHaveBeenCalled();
    expect(await h.brokers.publish(h.command("a/b", "1"))).toEqual({ outcome: "acked" });
    expect(publish).toHaveBeenCalledTimes(1);
  });

  test("CM-29: no more than 20 wait for a silent broker, and not more than it allows", async () => {
    const { broker, h } = await setUp();
    broker.freeze();
    const many = Array.from({ length: 25 }, (_, i) => h.brokers.publish(h.command("a", String(i))));
    const outcomes = (await Promise.all(many)).map((result) => result.outcome);
    expect(outcomes.filter((o) => o === "unknown")).toHaveLength(20);
    expect(outcomes.slice(20)).toEqual(Array(5).fill("not-sent"));
    broker.thaw();

    const few = await setUp({ conf: "max_inflight_messages 3" });
    few.broker.freeze();
    const asked = Array.from({ length: 5 }, (_, i) => few.h.brokers.publish(few.h.command("a", String(i))));
    expect((await Promise.all(asked)).map((result) => result.outcome)).toEqual([
      ...Array(3).fill("unknown"),
      ...Array(2).fill("not-sent"),
    ]);
    few.broker.thaw();
  });

  test("CM-30: 2 s without acknowledgement is unknown, and commands go out again when the broker is back", async () => {
    const { broker, recorder, h } = await setUp();
    broker.freeze();
    const lost = h.command("a", "frozen");
    // A timer that began with it and is half as long again: a slow machine is late with both.
    const outcome = await Promise.race([h.brokers.publish(lost), pause(3000, "later than 3 s", { ref: false })]);
    expect(outcome).toMatchObject({ outcome: "unknown", reason: saying("2 s") });
    // The connection was cut with it: what would be refused is refused at once.
    await expect.poll(() => h.brokers.connected(MAIN)).toBe(false);
    // FA-29: and the pages are told.
    await h.untilState((s) => s.state !== "connected" || s.takesCommands === false);
    expect(await h.brokers.publish(h.command("a", "now"))).toMatchObject({ outcome: "not-sent" });
    broker.thaw();
    await h.untilReady();
    expect(await h.brokers.publish(h.command("a", "again"))).toEqual({ outcome: "acked" });
    await mark(recorder);
    expect(recorder.heard.filter((m) => m.command === lost.commandId).length).toBeLessThanOrEqual(1);
    expect(recorder.heard.some((m) => m.payload === "now")).toBe(false);
  });
});

describe("what the broker says", () => {
  test("CM-16: a publish that the broker forbids has failed, with its code", async () => {
    const { h } = await setUp({ acl: "topic read #\ntopic write ok/#\ntopic write mark\n" });
    for (const qos of [1, 2] as const) {
      const outcome = await h.brokers.publish(h.command("secret", "1", { qos }));
      expect(outcome).toMatchObject({
        outcome: "failed",
        code: 0x87,
        reason: saying("not authorized"),
      });
      // Mosquitto 2.0.11 also ends the connection, which newer ones do not; either way commands go out again.
      const next = async () => (await h.brokers.publish(h.command("ok/a", "1", { qos }))).outcome;
      await expect.poll(next).toBe("acked");
    }
  });

  test("a command carries its id and expiry, is not retained unless asked, and its echo is known", async () => {
    const { broker, recorder, h } = await setUp();
    h.apply({ url: broker.url }, { "shared/#": 0 });
    // A retained command that arrived by a subscription still under way would come as a replay, not as an echo.
    await flush(h, recorder, "shared/mark");
    const kept = h.command("shared/a", "ON", { retain: true });
    expect(await h.brokers.publish(kept)).toEqual({ outcome: "acked" });
    const echo = await h.untilMessage((m) => m.topic === "shared/a");
    expect(echo).toMatchObject({ echoOf: kept.commandId, retained: false });
    const plain = h.command("shared/b", "ON", { qos: 0 });
    expect(await h.brokers.publish(plain)).toEqual({ outcome: "acked" });
    await recorder.until((heard) => heard.some((m) => m.command === plain.commandId));
    // The device says the same on its own: that is no echo.
    await recorder.publish("shared/b", "ON");
    await h.untilMessage((m) => m.topic === "shared/b" && m.echoOf === undefined);
    const late = await startRecorder(broker.url);
    cleanups.push(() => late.stop());
    await late.until((heard) => heard.some((m) => m.topic === "shared/a"));
    await mark(late);
    expect(late.heard.some((m) => m.topic === "shared/b")).toBe(false);
  });

  test("a device that answers with the properties it was sent reports on its own topic, it does not echo", async () => {
    const { broker, recorder, h } = await setUp();
    h.apply({ url: broker.url }, { "pump/#": 0 });
    await flush(h, recorder, "pump/mark");
    const command = h.command("pump/set", "ON");
    await h.brokers.publish(command);
    await recorder.publish("pump/state", "ON", {
      qos: 1,
      properties: { userProperties: { "telltale-command": command.commandId } },
    });
    const state = await h.untilMessage((m) => m.topic === "pump/state");
    expect(state.echoOf).toBeUndefined();
  });
});
