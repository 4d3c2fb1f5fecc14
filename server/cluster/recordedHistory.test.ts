import { expect, test } from "vitest";
import type { BrokerState } from "../../lib/broker";
import type { BrokerId, PointId } from "../../lib/ids";
import { asWording } from "../../lib/texts/said";
import type { FencedHistory, HistoryStore, StoredReading } from "../ports";
import { connectedState, fakeBrokers } from "../testing/fakeBrokers";
import { createFakeClock } from "../testing/fakeClock";
import { createMemoryHistoryStore } from "../testing/memoryHistoryStore";
import { createCluster } from "./cluster";
import { createMemoryTables, noLog } from "./cluster.harness";
import { readingHash } from "./readingMessage";
import { createRecordedHistory } from "./recordedHistory";

const MAIN = "main" as BrokerId;
const BOILER = "boiler" as PointId;

function setup() {
  const clock = createFakeClock();
  const memory = createMemoryTables(clock);
  const stored: string[] = [];
  const away = new Set<string>();
  const lastWord = new Set<string>();

  async function node(name: string) {
    const brokers = fakeBrokers(clock);
    brokers.state = [connectedState()];
    const fenced: FencedHistory = {
      async flushRecorded(readings, part) {
        await memory.waitWhileSilent(name);
        if (away.has(name)) throw new Error("no connection");
        // Stored, and the connection is lost before this node hears of it.
        if (lastWord.delete(name)) {
          memory.flush(part, () => stored.push(...readings.map(({ value }) => `${value} by ${name}`)));
          throw new Error("the connection was lost");
        }
        return memory.flush(part, () => stored.push(...readings.map(({ value }) => `${value} by ${name}`)));
      },
    };
    const store: HistoryStore & FencedHistory = { ...createMemoryHistoryStore(), ...fenced };
    const recorded = createRecordedHistory({
      store,
      brokers,
      brokerOf: (point) => (point === BOILER ? MAIN : undefined),
      fault: () => undefined,
      clock,
      log: noLog,
    });
    const cluster = createCluster({
      tables: memory.tablesOf(name),
      process: `process of ${name}`,
      node: name,
      version: "1.2.3",
      configFile: () => null,
      appliedFile: () => undefined,
      feed: recorded.feed,
      hash: readingHash,
      recorder: recorded.recorder,
      settle: async () => {},
      clock,
      log: noLog,
    });
    await cluster.start();
    cluster.apply([MAIN]);
    await clock.advanceAsync(300);
    return { cluster, brokers, history: recorded.history };
  }
  return { clock, memory, node, stored, away, lastWord };
}

async function twoNodes() {
  const bed = setup();
  const [a, b] = [await bed.node("a"), await bed.node("b")];
  /** As both nodes' live state does. */
  const read = (value: number, more: Partial<StoredReading> = {}) => {
    for (const { history } of [a, b]) history.append({ point: BOILER, value, at: bed.clock.now(), ...more });
  };
  return { ...bed, a, b, read };
}

test("CL-5: every node hears a reading, and the recorder alone stores it, within a second", async () => {
  const { read, stored, clock, a, b } = await twoNodes();
  read(1);
  await clock.advanceAsync(1000);
  read(2);
  await clock.advanceAsync(1000);
  expect(stored).toEqual(["1 by a", "2 by a"]);
  expect([a, b].map(({ history }) => history.counters())).toMatchObject([
    { stored: 2, lost: 0, pending: 0 },
    { stored: 0, lost: 0, pending: 0 },
  ]);
});

test("CL-14: readings that a dead recorder has not stored are stored by the standby, each once", async () => {
  const { read, stored, clock, memory } = await twoNodes();
  read(1);
  await clock.advanceAsync(600);
  memory.silence("a");
  for (let value = 2; value <= 8; value++) {
    read(value);
    await clock.advanceAsync(700);
  }
  await clock.advanceAsync(1000);
  expect(stored).toEqual(["1 by a", ...[2, 3, 4, 5, 6, 7, 8].map((value) => `${value} by b`)]);
});

test("CL-4: a recorder that stops stores what it has first", async () => {
  const { read, stored, clock, a } = await twoNodes();
  read(1);
  await a.cluster.stop();
  read(2);
  await clock.advanceAsync(1000);
  expect(stored).toEqual(["1 by a", "2 by b"]);
});

test("CL-17: a flush that fails is tried again with what came since, in order", async () => {
  const { read, stored, clock, away } = await twoNodes();
  away.add("a");
  read(1);
  await clock.advanceAsync(1000);
  read(2);
  expect(stored).toEqual([]);
  away.delete("a");
  await clock.advanceAsync(1000);
  expect(stored).toEqual(["1 by a", "2 by a"]);
});

test("CL-48: a flush whose end is not known is neither lost nor stored twice", async () => {
  const { read, stored, clock, lastWord, a } = await twoNodes();
  read(1);
  lastWord.add("a");
  await clock.advanceAsync(600);
  read(2);
  await clock.advanceAsync(1000);
  expect(stored).toEqual(["1 by a", "2 by a"]);
  expect(a.history.counters().fault).toBeUndefined();
});

test("CL-48: while a flush fails the history says so", async () => {
  const { read, clock, away, a, b } = await twoNodes();
  away.add("a");
  read(1);
  await clock.advanceAsync(1000);
  expect(a.history.counters().fault).toBe("Error: no connection");
  expect(b.history.counters().fault).toBeUndefined();
});

test("CL-23: when no node has a connection to the broker, its recorder says from when to when", async () => {
  const { a, b, clock, memory } = await twoNodes();
  const from = clock.now();
  const reason = asWording("gone");
  const offline: BrokerState = { id: MAIN, name: "Main", since: from, state: "offline", fault: "lost", reason };
  for (const { brokers } of [a, b]) brokers.state = [offline];
  await clock.advanceAsync(4000);
  for (const { brokers } of [a, b]) brokers.state = [connectedState()];
  await clock.advanceAsync(0);
  expect(memory.gaps).toEqual([{ broker: MAIN, from, to: from + 4000, why: "broker-lost" }]);
});

test("CL-5: a reading of a point whose broker is not known is counted as lost", async () => {
  const { a, b } = await twoNodes();
  a.history.append({ point: "stray" as PointId, value: 1, at: 0 });
  expect([a, b].map(({ history }) => history.counters().lost)).toEqual([1, 0]);
});
