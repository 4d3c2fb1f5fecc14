import { expect, test } from "vitest";
import type { BrokerId } from "../../lib/ids";
import type { RecordingGap } from "../../lib/recordingGap";
import { createStandbyRing } from "../pipeline/cluster/ring";
import type { InboundMessage } from "../ports";
import { createFakeClock } from "../testing/fakeClock";
import { createBrokerRole, type Recording } from "./brokerRole";
import { createMemoryLeases, noLog } from "./cluster.harness";
import { createLeaseKeeper } from "./leaseKeeper";
import type { RecordingFeed } from "./recordingListener";

const MAIN = "main" as BrokerId;
type Opened = Parameters<RecordingFeed["open"]>[1];

/** A broker, a database and any number of nodes in one memory. */
function setup() {
  const clock = createFakeClock();
  const leases = createMemoryLeases(clock);
  const open = new Map<string, Opened>();
  const stored: string[] = [];
  const gaps: RecordingGap[] = [];
  const marks = new Map<string, { topic: string; hash: string; at: number }>();
  let until: number | undefined;

  function node(name: string) {
    let dead = false;
    let recording: Recording | undefined;
    let pending: { topic: string; text: string; receivedAt: number }[] = [];
    const keeper = createLeaseKeeper({ table: leases.tableOf(name), clock, log: noLog });
    const note = ({ topic, payload, receivedAt }: Pick<InboundMessage, "topic" | "payload" | "receivedAt">) =>
      pending.push({ topic, text: Buffer.from(payload).toString(), receivedAt });

    function flush(): void {
      if (!recording || dead) return;
      // As the fence of the statements.
      if (recording.lease.epoch !== leases.rows.get("broker:main")?.epoch) {
        recording.fenced();
        return;
      }
      for (const one of pending) stored.push(`${one.topic} ${one.text} by ${name}`);
      pending = [];
      const part = recording.book.take(clock.now());
      until = part.until;
      for (const mark of part.marks) marks.set(mark.topic, mark);
    }

    const role = createBrokerRole({
      broker: MAIN,
      leases: keeper,
      feed: {
        open(_, on) {
          open.set(name, on);
          on.connected();
          return () => void open.delete(name);
        },
      },
      recorder: {
        begin(now, missed) {
          recording = now;
          pending = [];
          missed.forEach(note);
        },
        message: (message) => void note(message),
        end() {
          recording = undefined;
        },
        async finish() {
          flush();
          recording = undefined;
        },
      },
      tables: {
        recorded: async () => ({ marks: [...marks.values()], until }),
        addGap: async (_, __, gap) => gaps.push(gap) > 0,
        heldLeases: async () =>
          [...leases.rows]
            .filter(([, { expires }]) => expires > clock.monotonic())
            .map(([name, { holder, epoch }]) => ({ name, holder, epoch })),
      },
      ring: createStandbyRing({ keepMs: 30_000, maxBytes: 1_000_000 }),
      clock,
      log: noLog,
    });
    role.start();
    return {
      role,
      keeper,
      flush,
      /** The process is gone: it renews nothing, hears nothing and writes nothing. */
      kill() {
        dead = true;
        leases.silence(name);
        open.delete(name);
      },
    };
  }

  function publish(topic: string, text: string, retained = false): void {
    for (const on of open.values())
      on.message({ broker: MAIN, topic, payload: Buffer.from(text), retained, receivedAt: clock.now() });
  }
  return { clock, leases, node, publish, stored, gaps, open };
}

async function twoNodes() {
  const bed = setup();
  const a = bed.node("a");
  await bed.clock.advanceAsync(0);
  const b = bed.node("b");
  await bed.clock.advanceAsync(1000);
  return { ...bed, a, b };
}

test("CL-5: the first node is the recorder, the second its standby, a third neither", async () => {
  const { a, b, node, clock, open } = await twoNodes();
  const c = node("c");
  await clock.advanceAsync(10_000);
  expect([a, b, c].map(({ role }) => role.role())).toEqual(["recorder", "standby", "none"]);
  expect([...open.keys()]).toEqual(["a", "b"]);
});

test("CL-14: when the recorder dies the standby stores what it heard behind the last flush, each message once", async () => {
  const { a, b, clock, publish, stored, gaps } = await twoNodes();
  for (const text of ["1", "2"]) {
    publish("x", text);
    await clock.advanceAsync(10);
  }
  a.flush();
  publish("x", "3");
  publish("x", "retained", true);
  await clock.advanceAsync(10);
  a.kill();
  for (let i = 4; i < 8; i++) {
    publish("x", `${i}`);
    await clock.advanceAsync(1000);
  }
  expect(b.role.role()).toBe("recorder");
  b.flush();
  expect(stored).toEqual(["x 1 by a", "x 2 by a", ...[3, 4, 5, 6, 7].map((i) => `x ${i} by b`)]);
  expect(gaps).toEqual([]);
});

test("CL-5: when the recorder dies the standby follows, and not a third node that has heard nothing", async () => {
  const { a, b, node, clock } = await twoNodes();
  const c = node("c");
  await clock.advanceAsync(2000);
  a.kill();
  await clock.advanceAsync(6000);
  expect([b, c].map(({ role }) => role.role())).toEqual(["recorder", "standby"]);
});

test("CL-3: a recorder that another has replaced stores nothing, and becomes the standby", async () => {
  const { a, b, leases, clock, publish, stored } = await twoNodes();
  publish("x", "1");
  a.flush();
  publish("x", "2");
  // Another has the lease, and a does not know: its timers have not run, as in a paused process.
  const row = leases.rows.get("broker:main");
  if (row) row.expires = -1;
  b.keeper.released("broker:main");
  await clock.advanceAsync(0);
  expect(a.role.role()).toBe("recorder");
  a.flush();
  expect(a.role.role()).not.toBe("recorder");
  b.flush();
  await clock.advanceAsync(5000);
  expect(stored).toEqual(["x 1 by a", "x 2 by b"]);
  expect([a, b].map(({ role }) => role.role())).toEqual(["standby", "recorder"]);
});

test("CL-17: while the database is away nobody records, and when it is back nothing is missing", async () => {
  const { a, b, leases, clock, publish, stored, gaps } = await twoNodes();
  publish("x", "1");
  a.flush();
  for (const name of ["a", "b"]) leases.silence(name);
  for (let i = 2; i <= 11; i++) {
    publish("x", `${i}`);
    await clock.advanceAsync(1000);
  }
  expect([a, b].map(({ role }) => role.role())).toEqual(["none", "none"]);
  for (const name of ["a", "b"]) leases.answerAgain(name);
  await clock.advanceAsync(5000);
  publish("x", "12");
  for (const one of [a, b]) one.flush();
  expect(stored.map((one) => one.replace(/ by .*/, ""))).toEqual(Array.from({ length: 12 }, (_, i) => `x ${i + 1}`));
  expect(gaps).toEqual([]);
});

test("CL-4: a recorder that is told to stop stores what it has, and the next goes on behind it", async () => {
  const { a, b, clock, publish, stored, gaps } = await twoNodes();
  publish("x", "1");
  await a.role.stop();
  b.keeper.released("broker:main");
  publish("x", "2");
  await clock.advanceAsync(0);
  expect(b.role.role()).toBe("recorder");
  publish("x", "3");
  b.flush();
  expect(stored).toEqual(["x 1 by a", "x 2 by b", "x 3 by b"]);
  expect(gaps).toEqual([]);
  expect(a.role.role()).toBe("none");
});

test("CL-16: what the recorder before has stored, and the broker delivers late to the next, is not stored again", async () => {
  const { a, b, clock, open, publish, stored } = await twoNodes();
  publish("x", "1");
  // The broker is behind with b.
  const late = open.get("b");
  open.delete("b");
  publish("x", "2");
  const receivedAt = clock.now();
  await a.role.stop();
  if (late) open.set("b", late);
  b.keeper.released("broker:main");
  await clock.advanceAsync(50);
  publish("x", "2");
  publish("x", "3");
  publish("x", "2");
  b.flush();
  expect(clock.now() - receivedAt).toBeLessThan(5000);
  expect(stored).toEqual(["x 1 by a", "x 2 by a", "x 3 by b", "x 2 by b"]);
});

test("CL-21: when all nodes were down, the time between the last flush and the first node is a gap", async () => {
  const { a, b, node, clock, gaps } = await twoNodes();
  a.flush();
  const lastFlush = clock.now();
  a.kill();
  b.kill();
  await clock.advanceAsync(60_000);
  const began = clock.now();
  const c = node("c");
  await clock.advanceAsync(1000);
  expect(c.role.role()).toBe("recorder");
  expect(gaps).toHaveLength(1);
  expect(gaps[0]).toMatchObject({ from: lastFlush, why: "no-recorder" });
  expect(gaps[0]?.to).toBeGreaterThanOrEqual(began);
});

test("CL-23: while no node has a connection to the broker there is a gap with that reason", async () => {
  const { a, b, clock, open, gaps } = await twoNodes();
  const from = clock.now();
  for (const on of open.values()) on.disconnected();
  await clock.advanceAsync(5000);
  for (const on of open.values()) on.connected();
  await clock.advanceAsync(500);
  expect(gaps).toEqual([{ from, to: from + 5000, why: "broker-lost" }]);
  expect([a, b].map(({ role }) => role.role())).toEqual(["recorder", "standby"]);
});

test("CL-58: a recorder that loses its own connection to the broker leaves it to the standby, which has heard everything", async () => {
  const { a, b, clock, open, publish, stored, gaps } = await twoNodes();
  publish("x", "1");
  const link = open.get("a");
  open.delete("a");
  link?.disconnected();
  publish("x", "2");
  await clock.advanceAsync(4500);
  expect([a, b].map(({ role }) => role.role())).toEqual(["none", "recorder"]);
  publish("x", "3");
  b.flush();
  expect(stored).toEqual(["x 1 by a", "x 2 by b", "x 3 by b"]);
  expect(gaps).toEqual([]);
  await clock.advanceAsync(60_000);
  expect(a.role.role()).toBe("none");
  link?.connected();
  await clock.advanceAsync(500);
  expect([a, b].map(({ role }) => role.role())).toEqual(["standby", "recorder"]);
});

test("CL-58: a standby without a connection gives its place to a node that has one", async () => {
  const { a, b, node, clock, open } = await twoNodes();
  const c = node("c");
  open.get("b")?.disconnected();
  await clock.advanceAsync(3000);
  expect([a, b, c].map(({ role }) => role.role())).toEqual(["recorder", "none", "standby"]);
});

test("CL-59: after the database was away, a node that has heard nothing lets those go first that have", async () => {
  const { a, b, node, leases, clock, publish, stored, gaps } = await twoNodes();
  const c = node("c");
  const all = { a, b, c };
  publish("x", "1");
  a.flush();
  for (const name of Object.keys(all)) leases.silence(name);
  for (const { role } of Object.values(all)) role.databaseLost();
  publish("x", "2");
  await clock.advanceAsync(10_000);
  for (const name of ["c", "a", "b"]) leases.answerAgain(name);
  for (const { role } of Object.values(all)) role.databaseBack();
  await clock.advanceAsync(5000);
  expect(c.role.role()).toBe("none");
  for (const one of Object.values(all)) one.flush();
  expect(stored.map((one) => one.replace(/ by .*/, ""))).toEqual(["x 1", "x 2"]);
  expect(gaps).toEqual([]);
});

test("CL-5: a node that cannot read what was stored does not record", async () => {
  const { clock } = setup();
  const leases = createMemoryLeases(clock);
  let fails = true;
  const began: number[] = [];
  const role = createBrokerRole({
    broker: MAIN,
    leases: createLeaseKeeper({ table: leases.tableOf("a"), clock, log: noLog }),
    feed: { open: () => () => {} },
    recorder: {
      begin: ({ lease }) => began.push(lease.epoch),
      message: () => {},
      end: () => {},
      finish: async () => {},
    },
    tables: {
      recorded: async () => {
        if (fails) throw new Error("no connection");
        return { marks: [], until: undefined };
      },
      addGap: async () => true,
      heldLeases: async () => [],
    },
    ring: createStandbyRing({ keepMs: 30_000, maxBytes: 1000 }),
    clock,
    log: noLog,
  });
  role.start();
  await clock.advanceAsync(2000);
  expect(began).toEqual([]);
  fails = false;
  await clock.advanceAsync(2000);
  expect(began).toHaveLength(1);
  expect(role.role()).toBe("recorder");
});
