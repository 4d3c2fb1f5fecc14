import { expect, test } from "vitest";
import { createFakeClock } from "../testing/fakeClock";
import { createMemoryTables, noLog } from "./cluster.harness";
import { createNodeRegistry } from "./nodeRegistry";

function setup() {
  const clock = createFakeClock();
  const memory = createMemoryTables(clock);
  const settled: string[] = [];
  let fails = false;
  const registryOf = (process: string, configFile: string | null = null) =>
    createNodeRegistry({
      tables: memory.tablesOf(process),
      node: { process, id: `node of ${process}`, version: "1.2.3" },
      configFile: () => configFile,
      appliedFile: () => "file 1",
      async settle(commands) {
        if (fails) throw new Error("not now");
        settled.push(...commands.map((id) => `${id} by ${process}`));
      },
      clock,
      log: noLog,
    });
  return { clock, memory, settled, registryOf, fail: (now: boolean) => (fails = now) };
}

test("CL-30: every node is listed with what it records, and the one that answers is marked", async () => {
  const { memory, registryOf } = setup();
  const [a, b] = [registryOf("a", "file 1"), registryOf("b", "file 2")];
  await a.start();
  await b.start();
  const c = registryOf("c", null);
  await c.start();
  for (const name of ["broker:main", "standby:garage", "house"])
    await memory.tables.askForLease({ name, holder: "a", ttl: 60_000 });
  await memory.tables.askForLease({ name: "standby:main", holder: "b", ttl: 60_000 });
  const same = { startedAt: 0, lastSeenAt: 0, version: "1.2.3" };
  expect(await a.list()).toEqual([
    { ...same, id: "node of a", recorderOf: ["main"], standbyOf: ["garage"], self: true },
    { ...same, id: "node of b", recorderOf: [], standbyOf: ["main"], otherConfigFile: true },
    { ...same, id: "node of c", recorderOf: [], standbyOf: [] },
  ]);
  await c.stop();
  await b.stop();
  expect((await a.list()).map(({ id }) => id)).toEqual(["node of a"]);
});

test("CL-41: what a dead node left open is settled within five seconds of its death, once", async () => {
  const { clock, memory, settled, registryOf } = setup();
  const [a, b] = [registryOf("a"), registryOf("b")];
  await a.start();
  await b.start();
  await clock.advanceAsync(10_000);
  expect(settled).toEqual([]);
  memory.commands.set("c1", "a");
  memory.commands.set("c2", "b");
  memory.silence("a");
  await clock.advanceAsync(5000);
  expect(settled).toEqual(["c1 by b"]);
  expect([...memory.commands.keys()]).toEqual(["c2"]);
  expect((await b.list()).map(({ id }) => id)).toEqual(["node of b"]);
  await clock.advanceAsync(10_000);
  expect(settled).toHaveLength(1);
});

test("CL-41: a node is forgotten only when what it left is settled", async () => {
  const { clock, memory, settled, registryOf, fail } = setup();
  const b = registryOf("b");
  await memory.tables.beat({ process: "a", id: "left", version: "1", configFile: null });
  memory.commands.set("c1", "a");
  await b.start();
  fail(true);
  await clock.advanceAsync(6000);
  expect((await b.list()).map(({ id }) => id)).toEqual(["left", "node of b"]);
  fail(false);
  await clock.advanceAsync(1000);
  expect(settled).toEqual(["c1 by b"]);
});

test("CL-41: a node that was paused for long and beats again is listed again", async () => {
  const { clock, memory, registryOf } = setup();
  const [a, b] = [registryOf("a"), registryOf("b")];
  await a.start();
  await b.start();
  memory.silence("a");
  await clock.advanceAsync(6000);
  memory.answerAgain("a");
  await clock.advanceAsync(1000);
  expect((await b.list()).map(({ id }) => id)).toEqual(["node of b", "node of a"]);
});

test("CL-42: a database that was away makes nobody dead: who reaches it first waits for the others", async () => {
  const { clock, memory, settled, registryOf } = setup();
  const a = { process: "a", id: "left", version: "1", configFile: null };
  const b = registryOf("b");
  await memory.tables.beat(a);
  await b.start();
  const bothLive = async (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      await clock.advanceAsync(1000);
      await memory.tables.beat(a);
    }
  };
  await bothLive(5);
  memory.commands.set("c1", "a");
  memory.silence("b");
  await clock.advanceAsync(6000);
  memory.answerAgain("b");
  await clock.advanceAsync(500);
  await bothLive(6);
  expect(settled).toEqual([]);
  await clock.advanceAsync(5000);
  expect(settled).toEqual(["c1 by b"]);
});
