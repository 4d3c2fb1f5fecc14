import { expect, test } from "vitest";
import { longestTurn } from "../../fuzz/cpu";
import { HELD } from "../../fuzz/target";
import type { BrokerId, PointId } from "../../lib/ids";
import { ColumnBuilder } from "../db/history/columns";
import { recorderOf } from "../pipeline/cluster/leaseNames";
import type { FencedHistory } from "../ports";
import { connectedState, fakeBrokers } from "../testing/fakeBrokers";
import { createFakeClock } from "../testing/fakeClock";
import { createMemoryHistoryStore } from "../testing/memoryHistoryStore";
import { nextTurn } from "../turns";
import { createCluster } from "./cluster";
import { createMemoryTables, noLog } from "./cluster.harness";
import { readingHash } from "./readingMessage";
import { createRecordedHistory } from "./recordedHistory";

const MAIN = "main" as BrokerId;
const POINTS = 10_000;
const points = Array.from({ length: POINTS }, (_, i) => `sensor-${i}` as PointId);
/** More than the ring can hold, within its 30 s. */
const SECONDS = 28;
const EACH_SECOND = 17_000;

/** A node that stands by for a broker whose recorder has stored one reading of each point, and nothing of what came since. */
async function standbyWithFullRing() {
  const clock = createFakeClock();
  const memory = createMemoryTables(clock);
  const brokers = fakeBrokers(clock);
  brokers.state = [connectedState()];
  const stored: number[] = [];
  const fenced: FencedHistory = {
    async flushRecorded(readings, part) {
      // What the real one does in this thread.
      const columns = new ColumnBuilder(Math.max(1, readings.length));
      for (const reading of readings) columns.add(reading);
      columns.take();
      await nextTurn();
      return memory.flush(part, () => {
        for (const { value } of readings) stored.push(value as number);
      });
    },
  };
  const recorded = createRecordedHistory({
    store: { ...createMemoryHistoryStore(), ...fenced },
    brokers,
    brokerOf: () => MAIN,
    fault: () => undefined,
    clock,
    log: noLog,
  });
  const cluster = createCluster({
    tables: memory.tables,
    process: "b",
    node: "b",
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
  memory.rows.set(recorderOf(MAIN), { holder: "a", epoch: 1, expires: Number.POSITIVE_INFINITY });
  await cluster.start();
  cluster.apply([MAIN]);
  await clock.advanceAsync(300);
  expect(cluster.roles()).toEqual([{ broker: MAIN, role: "standby" }]);

  let sent = 0;
  const hear = (count: number): void => {
    for (let i = 0; i < count; i++)
      recorded.history.append({ point: points[sent % POINTS] as PointId, value: sent++, at: clock.now() });
  };
  hear(POINTS);
  const hash = (value: number) => readingHash(new Uint8Array([...Array(16).fill(0), ...Buffer.from(String(value))]));
  const marks = points.map((topic, i) => ({ topic, hash: hash(i), at: clock.now() }));
  memory.flush({ broker: MAIN, lease: { name: recorderOf(MAIN), epoch: 1 }, until: clock.now(), marks }, () => {});
  for (let second = 0; second < SECONDS; second++) {
    await clock.advanceAsync(1000);
    hear(EACH_SECOND);
  }
  return { clock, memory, cluster, recorded, stored, hear, sent: () => sent };
}

test("CL-121: a take-over with a full ring and 10,000 points holds the event loop for at most 50 ms at a time", async () => {
  const { clock, memory, cluster, recorded, stored, hear, sent } = await standbyWithFullRing();
  const { ringBytes, ringLeftOut, ringMessages = 0 } = cluster.counters();
  expect(ringBytes).toBeGreaterThan(60 * 1024 * 1024);
  expect(ringLeftOut).toBeGreaterThan(0);
  const isRecorder = () => cluster.roles()[0]?.role === "recorder";
  const longest = await longestTurn(async () => {
    await memory.tables.releaseLeases("a", [{ name: recorderOf(MAIN), epoch: 1 }]);
    while (!isRecorder()) await nextTurn();
    clock.advance(500);
    while (recorded.history.counters().pending > 0) await nextTurn();
  });
  expect(isRecorder()).toBe(true);
  hear(1);
  await clock.advanceAsync(1000);
  expect(stored.length).toBe(ringMessages + 1);
  expect(stored.at(-1)).toBe(sent() - 1);
  expect(stored.every((value, i) => i === 0 || value === (stored[i - 1] as number) + 1)).toBe(true);
  expect(longest).toBeLessThan(HELD);
});
