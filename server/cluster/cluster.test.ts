import { expect, test } from "vitest";
import type { BrokerId } from "../../lib/ids";
import type { InboundMessage } from "../ports";
import { createFakeClock } from "../testing/fakeClock";
import type { Recorder, Recording } from "./brokerRole";
import { createCluster } from "./cluster";
import { createMemoryTables, noLog } from "./cluster.harness";
import type { RecordingFeed } from "./recordingListener";

const [MAIN, GARAGE] = ["main", "garage"] as BrokerId[] as [BrokerId, BrokerId];

function setup() {
  const clock = createFakeClock();
  const memory = createMemoryTables(clock);
  const open = new Map<string, Parameters<RecordingFeed["open"]>[1]>();
  const stored: string[] = [];

  function recorderOf(node: string): Recorder & { flush(): void } {
    let recording: Recording | undefined;
    let pending: Pick<InboundMessage, "topic" | "payload" | "receivedAt">[] = [];
    const flush = () => {
      if (!recording) return;
      const texts = pending.map(({ payload }) => `${Buffer.from(payload)} by ${node}`);
      pending = [];
      const { broker, lease, book } = recording;
      if (!memory.flush({ broker, lease, ...book.take(clock.now()) }, () => stored.push(...texts))) recording.fenced();
    };
    return {
      flush,
      begin(now, missed) {
        recording = now;
        pending = [...missed];
      },
      message: (message) => void pending.push(message),
      end() {
        recording = undefined;
      },
      async finish() {
        flush();
        recording = undefined;
      },
    };
  }

  async function node(name: string, brokers: readonly BrokerId[] = [MAIN]) {
    const recorders = new Map<BrokerId, ReturnType<typeof recorderOf>>();
    const cluster = createCluster({
      tables: memory.tablesOf(name),
      process: `process of ${name}`,
      node: name,
      version: "1.2.3",
      configFile: () => null,
      appliedFile: () => undefined,
      feed: {
        open(broker, on) {
          open.set(`${name} ${broker}`, on);
          on.connected();
          return () => void open.delete(`${name} ${broker}`);
        },
      },
      recorder(broker) {
        const recorder = recorderOf(name);
        recorders.set(broker, recorder);
        return recorder;
      },
      settle: async () => {},
      clock,
      log: noLog,
    });
    await cluster.start();
    cluster.apply(brokers);
    await clock.advanceAsync(300);
    return { cluster, recorders };
  }

  const publish = (text: string) => {
    for (const [key, on] of open)
      if (key.endsWith(` ${MAIN}`))
        on.message({ broker: MAIN, topic: "t", payload: Buffer.from(text), retained: false, receivedAt: clock.now() });
  };
  return { clock, memory, node, publish, stored, open };
}

test("CL-4: a node that stops hands each broker over in the same moment, and nothing is lost or stored twice", async () => {
  const { node, publish, stored, clock, memory } = setup();
  const a = await node("a", [MAIN, GARAGE]);
  const b = await node("b", [MAIN, GARAGE]);
  publish("1");
  a.recorders.get(MAIN)?.flush();
  publish("2");
  const before = clock.monotonic();
  const stopping = a.cluster.stop();
  publish("3");
  await stopping;
  await clock.advanceAsync(0);
  expect(clock.monotonic()).toBe(before);
  publish("4");
  expect(b.cluster.roles()).toEqual([
    { broker: MAIN, role: "recorder" },
    { broker: GARAGE, role: "recorder" },
  ]);
  b.recorders.get(MAIN)?.flush();
  expect(stored).toEqual(["1 by a", "2 by a", "3 by b", "4 by b"]);
  expect(memory.gaps).toEqual([]);
  const ids = async () => (await b.cluster.nodes()).map(({ id }) => id);
  expect(await ids()).toEqual(["a", "b"]);
  await a.cluster.leave();
  expect(await ids()).toEqual(["b"]);
});

test("CL-31: a node that stops says so before anything else, and takes no broker any more", async () => {
  const { node, clock } = setup();
  const { cluster } = await node("a");
  expect(cluster.draining()).toBe(false);
  const stopping = cluster.stop();
  expect(cluster.draining()).toBe(true);
  cluster.apply([MAIN, GARAGE]);
  await stopping;
  await clock.advanceAsync(5000);
  expect(cluster.roles().every(({ role }) => role === "none")).toBe(true);
});

test("CL-5: a broker that is removed from the configuration is recorded by nobody, and one that comes by one node", async () => {
  const { node, clock, open } = setup();
  const a = await node("a");
  const b = await node("b");
  for (const { cluster } of [a, b]) cluster.apply([GARAGE]);
  await clock.advanceAsync(5000);
  expect([...open.keys()].sort()).toEqual(["a garage", "b garage"]);
  expect([a, b].map(({ cluster }) => cluster.roles().map(({ role }) => role))).toEqual([["recorder"], ["standby"]]);
});

test("CL-6: what belongs to no broker has one holder over all nodes", async () => {
  const { node, clock } = setup();
  const [a, b] = [await node("a"), await node("b")];
  const said: string[] = [];
  for (const [name, { cluster }] of [
    ["a", a],
    ["b", b],
  ] as const)
    cluster.want("house", {
      began: () => said.push(`${name} began`),
      ended: (why) => said.push(`${name} ended ${why}`),
    });
  await clock.advanceAsync(10_000);
  await a.cluster.stop();
  await clock.advanceAsync(0);
  expect(said).toEqual(["a began", "a ended released", "b began"]);
});
