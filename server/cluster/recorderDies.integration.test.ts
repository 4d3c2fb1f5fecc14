import { expect, test } from "vitest";
import type { Telltale } from "../faults/telltale";
import type { Viewer } from "../faults/viewer";
import { compare, type Load, nodesOfATest } from "./processes.harness";

/** Two nodes over one Postgres and one broker, whose recorder dies under load. */

const make = nodesOfATest();

/** `more` further messages are shown. */
const shown = async (viewer: Viewer, load: Load, more: number) => {
  const from = load.count() / 10 + more;
  await viewer.until(`${more} more messages`, () => Number(viewer.points.get("p0")?.value ?? -1) >= from);
};

async function untilStored(by: Telltale, load: Load) {
  const stored = async () => (await compare(by, load)).stored;
  await expect.poll(stored, { interval: 500 }).toBeGreaterThanOrEqual(load.count());
  return compare(by, load);
}
const WHOLE = { missing: [], doubled: 0, outOfOrder: 0 };

test("CL-47: a recorder that is killed under load, twice: every reading is stored once, in order and with its time", async () => {
  const nodes = await make.nodes(["left", "right"]);
  const load = await make.load(250);
  const viewer = await make.viewer(nodes.node("right").url);
  await shown(viewer, load, 50);
  await nodes.node("left").kill();
  await nodes.untilRoles("right", { recorder: "right" });
  await nodes.node("left").start();
  await nodes.untilRoles("right", { recorder: "right", standby: "left" });
  await shown(viewer, load, 50);
  viewer.close();
  const other = await make.viewer(nodes.node("left").url);
  await nodes.node("right").kill();
  await nodes.untilRoles("left", { recorder: "left" });
  await shown(other, load, 50);
  await load.stop();
  const by = nodes.node("left");
  const found = await untilStored(by, load);
  expect(found).toMatchObject({ ...WHOLE, stored: load.count() });
  expect(found.wrongTime).toBeLessThan(found.stored / 20);
});

test("CL-54: a recorder that is stopped past its lease and wakes writes nothing, and what came meanwhile is stored once", async () => {
  const nodes = await make.nodes(["left", "right"]);
  const [left, right] = [nodes.node("left"), nodes.node("right")];
  const before = await make.load(250);
  const viewer = await make.viewer(right.url);
  await shown(viewer, before, 20);
  await before.stop();
  await untilStored(right, before);
  const storedByLeft = async () => (await left.metrics()).telltale_history_stored;
  const stored = await storedByLeft();

  process.kill(left.pid(), "SIGSTOP");
  const load = await make.load(250, before);
  await nodes.untilRoles("right", { recorder: "right" });
  await shown(viewer, load, 30);
  process.kill(left.pid(), "SIGCONT");
  await nodes.untilRoles("right", { recorder: "right", standby: "left" });
  await shown(viewer, load, 30);
  await load.stop();
  expect(await untilStored(right, load)).toMatchObject({ ...WHOLE, stored: load.count() });
  expect(await storedByLeft()).toBe(stored);
});

test("CL-4: a recorder that is told to stop is followed long before its lease would expire, and every reading is stored once", async () => {
  const nodes = await make.nodes(["left", "right"]);
  const [left, right] = [nodes.node("left"), nodes.node("right")];
  const load = await make.load(250);
  const viewer = await make.viewer(right.url);
  await shown(viewer, load, 20);
  const records = ({ msg }: { msg: string }) => msg === "this node records the broker";
  const told = Date.now();
  const ended = left.terminate();
  const { time } = await right.untilLog("right records", records);
  console.log(`handed over after ${Number(time) - told} ms`);
  // A lease lasts for three seconds, and is renewed each second.
  expect(Number(time) - told).toBeLessThan(1500);
  expect((await ended).code).toBe(0);
  await shown(viewer, load, 20);
  await load.stop();
  expect(await untilStored(right, load)).toMatchObject({ ...WHOLE, stored: load.count() });
  expect((await nodes.list(right)).map(({ id }) => id)).toEqual(["right"]);
});

test("CL-21: while both nodes are dead there is a gap with its reason", async () => {
  const nodes = await make.nodes(["left", "right"]);
  const [left, right] = [nodes.node("left"), nodes.node("right")];
  const load = await make.load(50);
  const viewer = await make.viewer(right.url);
  await shown(viewer, load, 20);
  const deadFrom = Math.max(...(await Promise.all([left.kill(), right.kill()])));
  const { spawnedAt } = await left.start();
  await nodes.untilRoles("left", { recorder: "left" });
  const { body } = await left.api("GET", `/points/p0/history?from=${deadFrom - 60_000}&to=${Date.now() + 60_000}`);
  const [gap, ...more] = body.gaps;
  expect(more).toEqual([]);
  expect(gap.why).toBe("no-recorder");
  expect(gap.from).toBeLessThanOrEqual(deadFrom);
  expect(gap.to).toBeGreaterThan(spawnedAt);
  expect(body.t.filter((t: number) => t >= gap.from && t < gap.to)).toEqual([]);
});
