import { expect, test } from "vitest";
import type { ConfigFile } from "../../lib/configFile";
import { createListeners } from "../../lib/listeners";
import { Registration } from "../../lib/registration";
import { ok } from "../../lib/result";
import type { Log } from "../ports";
import { createFakeClock } from "../testing/fakeClock";
import { createAppliedFile } from "./appliedFile";
import { createMemoryTables, noLog } from "./cluster.harness";
import { createLeaseKeeper } from "./leaseKeeper";
import { createNodeRegistry } from "./nodeRegistry";

const fileOf = (...ids: string[]): ConfigFile => ({
  brokers: [],
  topics: ids.map((id) => Registration.parse({ id, filter: id, type: "number" })),
  dashboards: [],
  alarms: [],
});

const whole = async ({ tables }: ReturnType<typeof createMemoryTables>) => {
  const file = await tables.appliedFile();
  return file === "known" ? undefined : file;
};

function setup() {
  const clock = createFakeClock();
  const memory = createMemoryTables(clock);

  /** A node with these topics in its telltale.yaml; none: it has no file. */
  async function node(name: string, ...ids: string[]) {
    let current = fileOf(...ids);
    const changes = createListeners<[]>();
    const warnings: string[] = [];
    const log: Log = { ...noLog, warn: (_, text) => void warnings.push(text) };
    const process = `process ${name} ${clock.monotonic()}`;
    const tables = memory.tablesOf(process);
    const file = createAppliedFile({
      own: { origin: "file", current: () => current, onChange: changes.add, notice: () => undefined, stop: () => {} },
      key: "a key",
      tables,
      sealer: { seal: (plain) => plain, open: (sealed) => ok(sealed) },
      node: name,
      clock,
      log,
    });
    const seen: string[] = [];
    const look = () =>
      file.source
        .current()
        .topics.map(({ id }) => id)
        .join(" ");
    await file.start();
    seen.push(look());
    file.source.onChange(() => {
      if (seen.at(-1) !== look()) seen.push(look());
    });
    const unlisten = memory.tables.listen({
      up: () => {},
      down: () => {},
      notice: (text) => void (text.includes("config") && file.refresh()),
    });
    const keeper = createLeaseKeeper({
      table: {
        ask: (lease, ttl) => tables.askForLease({ name: lease, holder: process, ttl }),
        release: (leases) => tables.releaseLeases(process, leases),
      },
      clock,
      log: noLog,
    });
    const registry = createNodeRegistry({
      tables,
      node: { process, id: name, version: "1" },
      configFile: file.own,
      appliedFile: file.applied,
      settle: async () => {},
      clock,
      log: noLog,
    });
    await registry.start();
    file.lead(keeper.want);
    await clock.advanceAsync(2000);
    return {
      seen,
      warnings,
      others: async () => (await registry.list()).filter((one) => one.otherConfigFile).map(({ id }) => id),
      holds: () => keeper.held().includes("config"),
      edit(...to: string[]) {
        current = fileOf(...to);
        changes.tell();
      },
      /** Ends in order. */
      async stop() {
        unlisten();
        file.stop();
        await keeper.stop();
        await registry.stop();
      },
      /** Without a word. */
      die() {
        unlisten();
        file.stop();
        memory.silence(process);
      },
    };
  }
  return { clock, node, memory };
}

test("CL-93: the file of the holder is applied on all nodes; another file changes nothing, and is told once", async () => {
  const { clock, node } = setup();
  const left = await node("left", "a");
  const right = await node("right", "b");
  expect([left.seen, right.seen]).toEqual([["a"], ["a"]]);
  expect(await left.others()).toEqual(["right"]);
  await clock.advanceAsync(120_000);
  right.edit("c");
  await clock.advanceAsync(5000);
  expect([left.seen, right.seen]).toEqual([["a"], ["a"]]);
  expect(right.warnings).toHaveLength(2);
  left.edit("a", "d");
  await clock.advanceAsync(2000);
  expect([left.seen, right.seen]).toEqual([
    ["a", "a d"],
    ["a", "a d"],
  ]);
  right.edit("a", "d");
  await clock.advanceAsync(2000);
  expect(await left.others()).toEqual([]);
  expect(right.seen).toEqual(["a", "a d"]);
});

test("CL-93: a file that a node cannot read leaves it with what it has, and other changes do not read it again", async () => {
  const { clock, node, memory } = setup();
  const left = await node("left", "a");
  const right = await node("right", "a");
  const epoch = memory.rows.get("config")?.epoch ?? 0;
  await memory.tables.applyFile({ name: "config", epoch }, { hash: "x", node: "newer", body: "{" });
  await clock.advanceAsync(0);
  const late = await node("late", "b");
  expect([left.seen, right.seen, late.seen]).toEqual([["a"], ["a"], ["b"]]);
  expect(await memory.tables.appliedFile((await whole(memory))?.at)).toBe("known");
});

test.each(["stop", "die"] as const)(
  "CL-94: when the holder does %s, nothing of its file is removed or added again",
  async (end) => {
    const { clock, node } = setup();
    const left = await node("left", "a");
    const [same, other, none] = [await node("same", "a"), await node("other", "b"), await node("none")];
    expect(none.seen).toEqual(["a"]);
    await left[end]();
    await clock.advanceAsync(10_000);
    for (const one of [same, other, none]) expect(one.seen).toEqual(["a"]);
    await same[end]();
    await clock.advanceAsync(50_000);
    for (const one of [other, none]) expect(one.seen).toEqual(["a"]);
    await other[end]();
    await clock.advanceAsync(600_000);
    expect(none.seen).toEqual(["a"]);
  },
);

test("CL-94: a node without a file does not become the holder while one lives that has one", async () => {
  const { clock, node } = setup();
  const none = await node("none");
  expect(none.holds()).toBe(true);
  await none.stop();
  const left = await node("left", "a");
  const right = await node("right");
  await left.stop();
  const last = await node("last", "a");
  await clock.advanceAsync(10_000);
  expect([right.holds(), last.holds()]).toEqual([false, true]);
  await last.stop();
  await clock.advanceAsync(10_000);
  expect(right.holds()).toBe(true);
  const next = await node("next", "b");
  await clock.advanceAsync(10_000);
  expect([right.holds(), next.holds()]).toEqual([false, true]);
});

test("CL-95: the node that applied its file applies another when it is started with it, from its start on", async () => {
  const { node } = setup();
  const left = await node("left", "a");
  await left.stop();
  const again = await node("left", "b");
  expect(again.seen).toEqual(["b"]);
  const right = await node("right");
  expect(right.seen).toEqual(["b"]);
});

test("CL-95: a file that was renewed on one node after the other is applied when all have it, after a minute", async () => {
  const { clock, node } = setup();
  const [left, right] = [await node("left", "a"), await node("right", "a")];
  await right.stop();
  const newRight = await node("another right", "b");
  await left.stop();
  const newLeft = await node("another left", "b");
  await clock.advanceAsync(50_000);
  expect([newRight.seen, newLeft.seen]).toEqual([["a"], ["a"]]);
  await clock.advanceAsync(15_000);
  expect([newRight.seen, newLeft.seen]).toEqual([
    ["a", "b"],
    ["a", "b"],
  ]);
});

test("CL-95: entries of a file that is gone from all nodes go a minute after its node was started without it", async () => {
  const { clock, node } = setup();
  const left = await node("left", "a");
  await left.stop();
  const again = await node("left");
  await clock.advanceAsync(50_000);
  expect(again.seen).toEqual(["a"]);
  await clock.advanceAsync(15_000);
  expect(again.seen).toEqual(["a", ""]);
});
