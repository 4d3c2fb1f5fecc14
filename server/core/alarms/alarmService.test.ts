import { beforeEach, expect, test } from "vitest";
import type { Access } from "../../../lib/access";
import { AlarmRule } from "../../../lib/alarms/rule";
import { ConfigFile } from "../../../lib/configFile";
import type { BrokerId, PointId } from "../../../lib/ids";
import { createListeners } from "../../../lib/listeners";
import type { Value } from "../../../lib/reading";
import type { ConfigSource, ConfigStore, LiveChange, LivePoint, LiveState } from "../../ports";
import { createFakeClock } from "../../testing/fakeClock";
import { createMemoryConfigStore } from "../../testing/memoryConfigStore";
import { createAlarmService } from "./alarmService";

const ADMIN: Access = { user: { id: "u", name: "ana" }, role: "admin", grants: [] };
const NOBODY_LOGS = { debug() {}, info() {}, warn() {}, error() {} };
const rule = (more: object = {}) =>
  AlarmRule.parse({ id: "hot", name: "Hot", points: ["boiler"], when: { above: 95 }, level: "critical", ...more });

let store: ConfigStore;
let clock: ReturnType<typeof createFakeClock>;
const stopping: (() => Promise<void>)[] = [];
beforeEach(async () => {
  for (const stop of stopping.splice(0)) await stop();
  store = createMemoryConfigStore();
  clock = createFakeClock();
});

/** One process, whose points the test moves. */
async function start({
  acts = (): boolean => true,
  file = [] as AlarmRule[],
  severalNodes = false,
  mostWatches = undefined as number | undefined,
} = {}) {
  const points = new Map<string, LivePoint>();
  const readings = createListeners<Parameters<Parameters<LiveState["onReading"]>[0]>>();
  const updates = createListeners<[LivePoint, LiveChange]>();
  const offline = new Set<string>();
  const source: ConfigSource = {
    origin: "file",
    current: () => ConfigFile.parse({ alarms: file }),
    onChange: () => () => undefined,
    notice: () => undefined,
    stop: () => undefined,
  };
  const become = (id: string, more: Partial<LivePoint>): LivePoint => {
    const info = { id: id as PointId, broker: "main" as BrokerId, topic: `plant/${id}`, name: id } as LivePoint["info"];
    const status = { freshness: "live" as const, since: clock.now() };
    const before = points.get(id) ?? ({ info, value: null, at: null, status } as LivePoint);
    const point = { ...before, ...more };
    points.set(id, point);
    return point;
  };
  const alarms = createAlarmService({
    store,
    sources: [source],
    live: {
      get: (id) => points.get(id),
      points: () => points.values(),
      onReading: readings.add,
      onUpdate: updates.add,
      onPoints: () => () => undefined,
      offlineBy: (id) => (offline.has(id) ? "plant/lwt" : undefined),
    },
    acts,
    keepsHouse: acts,
    severalNodes,
    ...(mostWatches !== undefined && { mostWatches }),
    clock,
    log: NOBODY_LOGS,
  });
  await alarms.start();
  stopping.push(alarms.stop);
  return {
    alarms,
    read(id: string, value: Value): void {
      const now = clock.now();
      become(id, { value, at: now, status: { freshness: "live", since: now } });
      readings.tell({ point: id as PointId, value, receivedAt: now, retained: false });
    },
    offline(id: string): void {
      offline.add(id);
      updates.tell(become(id, { status: { freshness: "offline", since: clock.now() } }), "status");
    },
    restored: (id: string, value: Value) => void become(id, { value, at: 1, status: { freshness: "stale", since: 1 } }),
    states: () => alarms.list(ADMIN).map(({ rule: of, state }) => [of, state]),
  };
}
const journal = async () => (await store.alarmJournal({ limit: 100 })).map(({ from, to }) => `${from} ${to}`).reverse();

test("AL-28: a restart raises, ends and repeats nothing, whatever is remembered of its points", async () => {
  await store.putAlarmRules([rule(), rule({ id: "cold", when: { below: 5 }, points: ["tank"] })]);
  const first = await start();
  first.read("boiler", 99);
  await first.alarms.stop();
  expect(await journal()).toEqual(["normal active"]);

  const second = await start();
  second.restored("boiler", 20);
  second.restored("tank", 1);
  await clock.advanceAsync(3_600_000);
  expect(second.states()).toEqual([["hot", "active"]]);
  second.read("boiler", 98);
  await clock.advanceAsync(1000);
  expect(await journal()).toEqual(["normal active"]);
  second.read("boiler", 50);
  await clock.advanceAsync(1000);
  expect(await journal()).toEqual(["normal active", "active cleared"]);
});

test("AL-2: a delay that runs is stored within a second, and goes on after a restart once the point is live", async () => {
  await store.putAlarmRules([rule({ delay: "30s" })]);
  let isAlive = true;
  const first = await start({ acts: () => isAlive });
  first.read("boiler", 99);
  await clock.advanceAsync(20_000);
  // Killed: it does nothing any more.
  isAlive = false;
  const second = await start();
  second.restored("boiler", 99);
  await clock.advanceAsync(60_000);
  expect(second.states()).toEqual([]);
  second.read("boiler", 99);
  await clock.advanceAsync(8_000);
  expect(second.states()).toEqual([]);
  await clock.advanceAsync(4_000);
  expect(second.states()).toEqual([["hot", "active"]]);
});

test("AL-42: two processes that hear the same reading raise one alarm, and each sees what people do at the other", async () => {
  await store.putAlarmRules([rule()]);
  const [one, other] = [await start({ severalNodes: true }), await start({ severalNodes: true })];
  one.read("boiler", 99);
  other.read("boiler", 99);
  await clock.advanceAsync(2000);
  expect(await journal()).toEqual(["normal active"]);
  const [id] = other.alarms.list(ADMIN).map((alarm) => alarm.id);
  expect(one.alarms.list(ADMIN).map((alarm) => alarm.id)).toEqual([id]);

  expect(await other.alarms.acknowledge(id as string, "ana")).toBe(true);
  await clock.advanceAsync(2000);
  expect(one.states()).toEqual([["hot", "acknowledged"]]);
  expect(await one.alarms.acknowledge(id as string, "ben")).toBe(false);
  expect(await journal()).toEqual(["normal active", "active acknowledged"]);
});

test("AL-42: a process that does not record the broker judges nothing, and takes acts all the same", async () => {
  await store.putAlarmRules([rule()]);
  const recorder = await start({ severalNodes: true });
  const viewer = await start({ severalNodes: true, acts: () => false });
  viewer.read("boiler", 99);
  expect(viewer.states()).toEqual([]);
  recorder.read("boiler", 99);
  await clock.advanceAsync(2000);
  const [alarm] = viewer.alarms.list(ADMIN);
  expect(await viewer.alarms.shelve(alarm?.id ?? "", clock.now() + 60_000, "ana")).toBe(true);
  await clock.advanceAsync(2000);
  expect(recorder.states()).toEqual([["hot", "shelved"]]);
  await clock.advanceAsync(62_000);
  expect([recorder.states(), viewer.states()]).toEqual([[["hot", "active"]], [["hot", "active"]]]);
});

test("AL-27: alarms of an offline device are suppressed and do not count, and its delays are given up", async () => {
  await store.putAlarmRules([rule(), rule({ id: "later", delay: "30s" })]);
  const process = await start();
  process.read("boiler", 99);
  expect(process.alarms.counts(ADMIN).critical).toBe(1);
  process.offline("boiler");
  expect(process.states()).toEqual([["hot", "suppressed"]]);
  expect(process.alarms.counts(ADMIN).critical).toBe(0);
  await clock.advanceAsync(60_000);
  process.read("boiler", 99);
  expect(process.states()).toEqual([["hot", "active"]]);
});

test("AL-40: rules of telltale.yaml count, come before stored ones, and cannot be changed here", async () => {
  await store.putAlarmRules([rule({ when: { above: 10 } })]);
  const process = await start({ file: [rule()] });
  process.read("boiler", 50);
  expect(process.states()).toEqual([]);
  expect(process.alarms.rules()).toMatchObject([{ origin: "file", item: { when: { above: 95 } } }]);
  expect(await process.alarms.putRule(rule(), "replace")).toMatchObject({ ok: false, error: { status: 403 } });
});

test("AL-41: what the store cannot take now is written when it can", async () => {
  await store.putAlarmRules([rule()]);
  const process = await start();
  const memory = store as ReturnType<typeof createMemoryConfigStore>;
  memory.breakWrites();
  process.read("boiler", 99);
  const [alarm] = process.alarms.list(ADMIN);
  await clock.advanceAsync(3000);
  await expect(process.alarms.acknowledge(alarm?.id ?? "", "ana")).rejects.toThrow();
  memory.mendWrites();
  await clock.advanceAsync(3000);
  expect(await journal()).toEqual(["normal active", "active acknowledged"]);
});

test("AL-43: of rules that match too many points the rest is left out and counted", async () => {
  await store.putAlarmRules([rule({ points: { filter: "plant/#" } })]);
  const process = await start({ mostWatches: 2 });
  for (const id of ["a", "b", "c"]) process.read(id, 99);
  expect(process.states()).toHaveLength(2);
  expect(process.alarms.counters()).toMatchObject({ watching: 2, points_left_out: 1 });
});
