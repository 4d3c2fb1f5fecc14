import { afterAll, beforeAll, expect, test } from "vitest";
import type { BrokerId, PointId } from "../../lib/ids";
import { systemClock } from "../clock";
import { createLifecycle } from "../lifecycle";
import { openStores } from "../openStores";
import type { Clock } from "../ports";
import { connectedState, fakeBrokers } from "../testing/fakeBrokers";
import { type PrivatePostgres, startPostgres } from "../testing/postgres";
import { createCluster, type RunningCluster } from "./cluster";
import { noLog } from "./cluster.harness";
import { readingHash } from "./readingMessage";
import { createRecordedHistory } from "./recordedHistory";

const MAIN = "main" as BrokerId;
const SECRET = "a secret of the tests, longer than 32 characters";
const POINTS = 50;

let postgres: PrivatePostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

/** The real clock, whose timers wait while it stands still. */
function stoppableClock() {
  let waiting: (() => void)[] | undefined;
  const when = (ms: number, run: () => void) => () => {
    // At once is no waiting.
    if (waiting && ms > 0) waiting.push(run);
    else run();
  };
  const clock: Clock = {
    ...systemClock,
    after: (ms, run) => systemClock.after(ms, when(ms, run)),
    every: (ms, run) => systemClock.every(ms, when(ms, run)),
  };
  return {
    clock,
    async standingStill<T>(work: () => Promise<T>): Promise<T> {
      waiting = [];
      const done = await work();
      const late = waiting;
      waiting = undefined;
      for (const run of late) run();
      return done;
    },
  };
}

/** What a node is beside its broker, its pages and its people; it may come and go. */
async function openNode(databaseUrl: string, name: string, clock: Clock) {
  const run = createLifecycle(noLog);
  const base = { clock, log: noLog };
  const { shared } = await openStores(
    { ...base, config: { databaseUrl, secret: SECRET, dataDir: "unused", node: name } },
    run,
  );
  if (!shared) throw new Error("Postgres is what several nodes share");
  const brokers = fakeBrokers(clock);
  brokers.state = [connectedState()];
  const recorded = createRecordedHistory({
    ...base,
    store: shared.history,
    brokers,
    brokerOf: () => MAIN,
    fault: () => undefined,
  });
  let onRecorder = (): void => {};
  let cluster: RunningCluster | undefined;
  return {
    async come() {
      const { tables, process } = shared;
      const { feed, recorder } = recorded;
      cluster = createCluster({
        ...base,
        tables,
        process,
        node: name,
        version: "1.2.3",
        configFile: () => null,
        appliedFile: () => undefined,
        feed,
        recorder,
        hash: readingHash,
        onRecorder: () => onRecorder(),
        settle: async () => {},
      });
      await cluster.start();
      cluster.apply([MAIN]);
    },
    go: async () => cluster?.stop(),
    role: () => cluster?.roles()[0]?.role,
    /** Resolves with when it has begun to record. */
    records: () =>
      new Promise<number>((resolve) => {
        onRecorder = () => resolve(performance.now());
      }),
    append: recorded.history.append,
    async stop() {
      await cluster?.stop();
      await run.stop();
    },
  };
}

const HAND_OVERS = 9;

test("CL-122: a recorder that is told to stop is followed within 100 ms, and nothing waits for a timer", async () => {
  const url = await postgres.database();
  const { clock, standingStill } = stoppableClock();
  const nodes = [await openNode(url, "a", clock), await openNode(url, "b", clock)] as const;
  let sent = 0;
  const timer = setInterval(() => {
    for (let i = 0; i < POINTS; i++)
      for (const node of nodes) node.append({ point: `p${i}` as PointId, value: sent, at: Date.now() });
    sent++;
  }, 50);
  await nodes[0].come();
  await expect.poll(nodes[0].role, { interval: 10 }).toBe("recorder");
  const times: number[] = [];
  for (let i = 0; i < HAND_OVERS; i++) {
    const [from, to] = i % 2 === 0 ? nodes : ([nodes[1], nodes[0]] as const);
    await to.come();
    await expect.poll(to.role, { interval: 10 }).toBe("standby");
    const follows = to.records();
    const told = performance.now();
    const [gone, at] = await standingStill(async () => [from.go(), await follows] as const);
    times.push(at - told);
    await gone;
  }
  clearInterval(timer);
  for (const node of nodes) await node.stop();
  // Whatever else the machine does only adds to it.
  expect(Math.min(...times)).toBeLessThan(100);
});
