import { expect, test } from "vitest";
import { shown, untilStored } from "./load.harness";
import { killTwice, WHOLE } from "./recorderDies.harness";
import { nodesOfATest } from "./testNodes.harness";

/** Two nodes over one Postgres and one broker, whose recorder dies under load. */

const make = nodesOfATest();

test("CL-47: a recorder that is killed under load, twice: every reading is stored once, in order and with its time", () =>
  killTwice(make));

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
  // A lease lasts for three seconds and is renewed each second: by its expiry nobody follows sooner.
  expect(Number(time) - told).toBeLessThan(2000);
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
  const span = `from=${deadFrom - 60_000}&to=${Date.now() + 60_000}`;
  const history = async () => (await left.api("GET", `/points/p0/history?${span}`)).body;
  await expect.poll(async () => (await history()).gaps).toHaveLength(1);
  const body = await history();
  const [gap] = body.gaps;
  expect(gap.why).toBe("no-recorder");
  expect(gap.from).toBeLessThanOrEqual(deadFrom);
  expect(gap.to).toBeGreaterThan(spawnedAt);
  expect(body.t.filter((t: number) => t >= gap.from && t < gap.to)).toEqual([]);
});

test("CL-58, CL-61: a recorder that loses its connection to the broker leaves it to the standby, and no reading is lost", async () => {
  const { urls, ...target } = await make.broker();
  const wire = await make.wire(target);
  const nodes = await make.nodes(["left", "right"], (name) => (name === "left" ? [wire.url] : urls));
  const load = await make.load(100);
  const viewer = await make.viewer(nodes.node("right").url);
  await shown(viewer, load, 20);
  wire.swallow();
  await nodes.untilRoles("right", { recorder: "right" });
  await shown(viewer, load, 20);
  await load.stop();
  expect(await untilStored(nodes.node("right"), load)).toMatchObject(WHOLE);
  const { body } = await nodes.node("right").api("GET", "/points/p0/history");
  expect(body.gaps).toEqual([]);
});

test("CL-17: a Postgres that is killed and away for some seconds costs no reading", async () => {
  const nodes = await make.nodes(["left", "right"]);
  const load = await make.load(100);
  const viewer = await make.viewer(nodes.node("right").url);
  await shown(viewer, load, 20);
  await make.postgres().crash();
  // Longer than a lease lasts.
  await shown(viewer, load, 60);
  await make.postgres().restart();
  await shown(viewer, load, 20);
  await load.stop();
  expect(await untilStored(nodes.node("right"), load)).toMatchObject(WHOLE);
  const { body } = await nodes.node("right").api("GET", "/points/p0/history");
  expect(body.gaps).toEqual([]);
});
