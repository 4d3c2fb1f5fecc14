import { expect, test } from "vitest";
import type { UserOut } from "../lib/api";
import type { BrokerId, PointId } from "../lib/ids";
import { createListeners } from "../lib/listeners";
import { createMemoryTables, noLog } from "./cluster/cluster.harness";
import type { Catalog, FencedHistory, HistoryStore, LivePoint, People, PeopleEvents } from "./ports";
import { createSeveralNodes } from "./severalNodes";
import { connectedState, fakeBrokers } from "./testing/fakeBrokers";
import { createFakeClock } from "./testing/fakeClock";
import { createMemoryHistoryStore } from "./testing/memoryHistoryStore";

const MAIN = "main" as BrokerId;
const BOILER = "boiler" as PointId;
const NOTHING = { brokers: [], topics: [], dashboards: [], alarms: [] };
type PersonChange = Parameters<Parameters<PeopleEvents["onChange"]>[0]>[0];

function setup() {
  const clock = createFakeClock();
  const memory = createMemoryTables(clock);
  const said: string[] = [];

  async function node(name: string) {
    const brokers = fakeBrokers(clock);
    brokers.state = [connectedState()];
    const store: HistoryStore & FencedHistory = {
      ...createMemoryHistoryStore(),
      flushRecorded: async (readings, part) =>
        memory.flush(part, () => said.push(...readings.map(({ value }) => `${name} stores ${value}`))),
    };
    const rights = createListeners<[change: PersonChange]>();
    const people = { onChange: rights.add, list: async () => [{ id: "ana" }] as UserOut[] } as Pick<
      People,
      "onChange" | "list"
    > as People;
    const nodes = createSeveralNodes({
      tables: memory.tablesOf(name),
      process: `process of ${name}`,
      node: name,
      version: "1.2.3",
      file: {
        source: {
          origin: "file",
          current: () => NOTHING,
          onChange: () => () => {},
          notice: () => undefined,
          stop: () => {},
        },
        start: async () => {},
        stop: () => {},
        refresh: async () => void said.push(`${name} reads the applied file`),
        lead: () => {},
        own: () => null,
        applied: () => undefined,
      },
      history: store,
      people,
      brokers,
      catalog: { registrations: () => [], defaultBroker: () => MAIN, onChange: () => () => {} },
      clock,
      log: noLog,
    });
    nodes.people.onChange(({ userId }) => said.push(`${name} looks at ${userId}`));
    await nodes.start({
      live: { get: () => ({ info: { broker: MAIN } }) as LivePoint },
      commands: {
        others: {
          changed: async (id) => void said.push(`${name} shows ${id}`),
          settle: async (ids) => void said.push(...ids.map((id) => `${name} settles ${id}`)),
        },
      },
      sparkplug: { rebirth: (broker, topic) => void said.push(`${name} asks for the birth of ${topic} on ${broker}`) },
      discovery: {
        refresh: async () => void said.push(`${name} reads the settings`),
        reviewSoon: () => void said.push(`${name} looks at what was found`),
      },
      catalog: {
        brokers: () => [{ item: { id: MAIN } }] as unknown as ReturnType<Catalog["brokers"]>,
        onChange: () => () => {},
        refresh: async () => void said.push(`${name} reads`),
      },
    });
    await clock.advanceAsync(300);
    return { nodes, rights };
  }
  return { clock, memory, said, node };
}

async function twoNodes() {
  const bed = setup();
  const [a, b] = [await bed.node("a"), await bed.node("b")];
  bed.said.length = 0;
  return { ...bed, a, b };
}

test("CL-50: who is signed out on one node is looked at on the others", async () => {
  const { a, said, clock } = await twoNodes();
  a.rights.tell({ userId: "ana", code: "signed-out" });
  await clock.advanceAsync(0);
  expect(said).toContain("b looks at ana");
});

test("CL-50: a command and the configuration that one node changed are read on the others", async () => {
  const { memory, said, clock } = await twoNodes();
  memory.change("commands", "c1");
  memory.change("config", "");
  memory.change("settings", "");
  await clock.advanceAsync(0);
  const each = (name: string) => [
    `${name} reads`,
    `${name} reads the applied file`,
    `${name} reads the settings`,
    `${name} shows c1`,
  ];
  expect(said.sort()).toEqual([...each("a"), ...each("b")]);
});

test("CL-41: a dead node's commands are settled by another that lives", async () => {
  const { memory, said, clock, a } = await twoNodes();
  memory.commands.set("c1", a.nodes.cluster.process);
  memory.silence("a");
  await clock.advanceAsync(5000);
  expect(said).toContain("b settles c1");
  expect(memory.commands.size).toBe(0);
});

test("CL-5: a node acts on a broker without a person only while it records it", async () => {
  const { a, b, clock } = await twoNodes();
  const records = () => [a, b].map(({ nodes }) => nodes.cluster.records(MAIN));
  expect(records()).toEqual([true, false]);
  await a.nodes.stop();
  await clock.advanceAsync(0);
  expect(records()).toEqual([false, true]);
});

test("CL-4: the readings of a node that stops are stored before it ends", async () => {
  const { a, b, said, clock } = await twoNodes();
  for (const { nodes } of [a, b]) nodes.history.append({ point: BOILER, value: 1, at: clock.now() });
  await a.nodes.stop();
  for (const { nodes } of [a, b]) nodes.history.append({ point: BOILER, value: 2, at: clock.now() });
  await clock.advanceAsync(1000);
  expect(said.filter((one) => one.includes("stores"))).toEqual(["a stores 1", "b stores 2"]);
});

test("CL-44: a birth that a node has not heard is asked for on all, for the one to ask that records", async () => {
  const { b, said, clock } = await twoNodes();
  b.nodes.askForBirth(MAIN, "spBv1.0/g/NBIRTH/pump 1");
  await clock.advanceAsync(0);
  expect(said).toContain("a asks for the birth of spBv1.0/g/NBIRTH/pump 1 on main");
});

test("CL-45: who becomes the recorder looks at once at what was found: it may add it now", async () => {
  const { a, said, clock } = await twoNodes();
  await a.nodes.stop();
  await clock.advanceAsync(0);
  expect(said).toContain("b looks at what was found");
});

test("CL-46: what belongs to no broker is done by one node, and by the next when it stops", async () => {
  const { a, b, clock } = await twoNodes();
  expect([a, b].map(({ nodes }) => nodes.keepsHouse())).toEqual([true, false]);
  await a.nodes.stop();
  await clock.advanceAsync(0);
  expect([a, b].map(({ nodes }) => nodes.keepsHouse())).toEqual([false, true]);
});
