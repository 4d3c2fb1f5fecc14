import { expect, test } from "vitest";
import { LEASE } from "../pipeline/cluster/lease";
import { createFakeClock } from "../testing/fakeClock";
import { createMemoryLeases, noLog } from "./cluster.harness";
import { createLeaseKeeper } from "./leaseKeeper";

function setup() {
  const clock = createFakeClock();
  const leases = createMemoryLeases(clock);
  const said: string[] = [];
  const keeperOf = (holder: string) => createLeaseKeeper({ table: leases.tableOf(holder), clock, log: noLog });
  const eventsOf = (holder: string) => ({
    began: (epoch: number) => said.push(`${holder} began ${epoch} at ${clock.monotonic()}`),
    ended: (why: string) => said.push(`${holder} ended ${why} at ${clock.monotonic()}`),
  });
  const want = (holder: string) => keeperOf(holder).want("broker:main", eventsOf(holder));
  return { clock, leases, said, keeperOf, eventsOf, want };
}

test("CL-1: one of two has the lease for as long as it lives", async () => {
  const { clock, said, want } = setup();
  const [a, b] = [want("a"), want("b")];
  await clock.advanceAsync(60_000);
  expect(said).toEqual(["a began 1 at 0"]);
  expect([a.epoch(), b.epoch()]).toEqual([1, undefined]);
});

test("CL-2: a holder that the database does not answer stops before another begins", async () => {
  const { clock, leases, said, want } = setup();
  const a = want("a");
  want("b");
  await clock.advanceAsync(1500);
  leases.silence("a");
  await clock.advanceAsync(5000);
  expect(said[0]).toBe("a began 1 at 0");
  expect(said[1]).toBe(`a ended expired at ${1000 + LEASE.ttl - LEASE.stopBefore}`);
  expect(said[2]).toMatch(/^b began 2 at 4(0|1|2)\d\d$/);
  expect(a.epoch()).toBeUndefined();
  leases.answerAgain("a");
  await clock.advanceAsync(5000);
  expect(said).toHaveLength(3);
});

test("CL-2: the epoch is gone at its end also where the timer is late", async () => {
  const { clock, leases } = setup();
  let paused = 0;
  const late = { ...clock, monotonic: () => clock.monotonic() + paused };
  const keeper = createLeaseKeeper({ table: leases.tableOf("a"), clock: late, log: noLog });
  const a = keeper.want("broker:main", { began: () => {}, ended: () => {} });
  await clock.advanceAsync(0);
  expect(a.epoch()).toBe(1);
  // As after SIGSTOP: the clock has moved on, and no timer has run yet.
  paused = 20_000;
  expect(a.epoch()).toBeUndefined();
  expect(keeper.held()).toEqual([]);
});

test("CL-3: after a refused write the lease is asked for again, in another epoch", async () => {
  const { clock, leases, said, want } = setup();
  const a = want("a");
  await clock.advanceAsync(0);
  leases.rows.set("broker:main", { holder: "b", epoch: 2, expires: 400 });
  a.fenced(1);
  expect(a.epoch()).toBeUndefined();
  await clock.advanceAsync(2000);
  expect(said.map((one) => one.replace(/ at .*/, ""))).toEqual(["a began 1", "a ended fenced", "a began 3"]);
});

test("CL-4: a lease that is given back is another's at once, when it is told", async () => {
  const { clock, said, keeperOf, eventsOf } = setup();
  const [first, second] = [keeperOf("a"), keeperOf("b")];
  first.want("broker:main", eventsOf("a"));
  await clock.advanceAsync(0);
  second.want("broker:main", eventsOf("b"));
  await clock.advanceAsync(10);
  await first.stop();
  expect(first.held()).toEqual([]);
  second.released("broker:main");
  await clock.advanceAsync(0);
  expect(said).toEqual(["a began 1 at 0", "a ended released at 10", "b began 2 at 10"]);
  expect(second.held()).toEqual(["broker:main"]);
});

test("CL-2: a database that is away for long and comes back is asked without a burst", async () => {
  const { clock, leases, want } = setup();
  want("a");
  leases.silence("a");
  await clock.advanceAsync(600_000);
  expect(clock.pending()).toBeLessThanOrEqual(2);
});

test("CL-4: a lease that is wanted again while it is given back begins in another epoch", async () => {
  const { clock, leases, said, eventsOf } = setup();
  let open: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const inner = leases.tableOf("a");
  const table = {
    ask: inner.ask,
    release: async (given: Parameters<typeof inner.release>[0]) => {
      await gate;
      await inner.release(given);
    },
  };
  const keeper = createLeaseKeeper({ table, clock, log: noLog });
  const first = keeper.want("broker:main", eventsOf("a"));
  await clock.advanceAsync(0);
  void first.release();
  const second = keeper.want("broker:main", eventsOf("a"));
  await clock.advanceAsync(100);
  expect(second.epoch()).toBeUndefined();
  open();
  await clock.advanceAsync(0);
  expect(said.map((one) => one.replace(/ at .*/, ""))).toEqual(["a began 1", "a ended released", "a began 2"]);
});

test("CL-4: a lease that the database gives to a holder which has given it up meanwhile is given back at once", async () => {
  const { clock, leases, want } = setup();
  leases.silence("a");
  const a = want("a");
  await clock.advanceAsync(100);
  await a.release();
  leases.answerAgain("a");
  await clock.advanceAsync(0);
  const b = want("b");
  await clock.advanceAsync(0);
  expect(b.epoch()).toBe(2);
});
