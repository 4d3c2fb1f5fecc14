import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Telltale } from "../faults/telltaleProcess";
import { commandOf, killBetweenAuditAndPublish, openPairs, race, sentOn } from "./commands.harness";
import { oneTopicForBoth } from "./oneTopic.harness";
import { PUMPS } from "./processes.harness";
import { nodesOfATest } from "./testNodes.harness";

/** What people on one node see of the others. */

const make = nodesOfATest();

async function twoNodes() {
  const nodes = await make.nodes(["left", "right"]);
  const [left, right] = [nodes.node("left"), nodes.node("right")];
  const [ana, bob] = [
    await nodes.person("ana", "operator", ["left", "right"]),
    await nodes.person("bob", "operator", ["right"]),
  ];
  return { nodes, left, right, ana, bob };
}

test("CL-40, CL-55: of two people on two nodes who operate a point at once one does, thirty times, and both see what becomes of it", async () => {
  const nodes = await make.nodes(["left", "right"]);
  const pairs = await openPairs(make, nodes, ["left", "right"], 4);
  const parts = { pairs, points: PUMPS, heard: await make.recorder(), devices: await make.devices() };
  const found = await race(parts, 30);
  expect(found).toMatchObject({ oneCommand: 30, others: [] });
  expect(found.heard).toBe(found.sent);
});

test("CL-41: what a node that is killed has sent becomes unknown on the others, and is never sent again", async () => {
  const { left, right, ana, bob, nodes } = await twoNodes();
  const heard = await make.recorder();
  const [anas, bobs] = [await make.viewer(left.url, ana.cookies[0]), await make.viewer(right.url, bob.cookies[0])];
  const sent = await anas.command("pump0", true);
  expect(sent?.state).toBe("sent");
  await bobs.until("bob sees it under way", () => commandOf(bobs, "pump0")?.id === sent?.id);
  expect(await bobs.command("pump0", false)).toMatchObject({ state: "refused", code: "busy" });
  await left.kill();
  await bobs.until("it is unknown", () => commandOf(bobs, "pump0")?.state === "unknown");
  await nodes.untilRoles("right", { recorder: "right" });
  await left.start();
  await nodes.untilRoles("right", { recorder: "right", standby: "left" });
  expect(sentOn(heard.heard, "pump0")).toBe(1);
  const again = await bobs.command("pump0", false);
  expect(again?.state).toBe("sent");
});

test("CL-41, CL-140: a node that is killed between a command's audit row and its publish: the others call it unknown, and nobody sends it", async () => {
  const { nodes, left, right, ana, bob } = await twoNodes();
  const heard = await make.recorder();
  const [anas, bobs] = [await make.viewer(left.url, ana.cookies[0]), await make.viewer(right.url, bob.cookies[0])];
  const killing = { databaseUrl: make.databaseUrl(), node: left, viewer: anas, points: PUMPS };
  const { point, id } = await killBetweenAuditAndPublish(killing);
  await bobs.until("it is unknown", () => {
    const command = commandOf(bobs, point);
    return command?.id === id && command.state === "unknown";
  });
  await left.start();
  await nodes.untilRoles("right", { recorder: "right", standby: "left" });
  const again = await make.viewer(left.url, ana.cookies[0]);
  expect(commandOf(again, point)).toMatchObject({ id, state: "unknown" });
  expect(sentOn(heard.heard, point)).toBe(0);
  // What is sent now is the first that the device is told.
  expect((await bobs.command(point, false))?.state).toBe("sent");
  await heard.until((all) => sentOn(all, point) > 0);
  expect(sentOn(heard.heard, point)).toBe(1);
});

test("CL-50: what changes on one node reaches pages on the others: topics, rights, sign-outs", async () => {
  const { nodes, left, right, ana, bob } = await twoNodes();
  const [anas, bobs] = [await make.viewer(right.url, ana.cookies[1]), await make.viewer(right.url, bob.cookies[0])];
  const made = { id: "made", filter: "made/here", type: "number" };
  expect((await left.api("POST", "/registrations", made)).status).toBe(201);
  await bobs.until("the new point", () => bobs.points.has("made"));
  const devices = await make.devices();
  await devices.say("made/here", "7", { qos: 1, retain: true });
  await bobs.until("its value", () => bobs.points.get("made")?.value === 7);

  const changed = new Promise<void>((resolve) => bobs.socket.once("brokers", () => resolve()));
  expect((await left.api("PATCH", `/users/${bob.id}`, { role: "viewer" })).status).toBe(200);
  await changed;
  expect(await bobs.command("pump0", true)).toMatchObject({ state: "refused", code: "not-allowed" });

  expect((await left.api("DELETE", `/users/${ana.id}`)).status).toBe(204);
  await anas.until("ana is signed out", () => anas.goodbyes.length > 0);
  expect((await nodes.list(right)).map(({ id }) => id).sort()).toEqual(["left", "right"]);
});

test("CL-90: no node takes a command of another for a report, before and after a take-over", () =>
  oneTopicForBoth(make));

test("CL-93, CL-94: one telltale.yaml counts on all nodes, and goes on counting without its node", async () => {
  const nodes = await make.nodes(["left", "right"]);
  const [left, right] = [nodes.node("left"), nodes.node("right")];
  const viewer = await make.viewer(right.url);
  const seen = new Set<string>();
  const look = () => {
    for (const id of viewer.points.keys()) seen.add(id);
    return viewer.points.has("p0") && viewer.points.has("lamp");
  };
  await viewer.until("the points", look);
  const changed = (file: string) => `${file}  - {id: fan, filter: fan, type: number}\n`;
  writeFileSync(right.yaml, changed(readFileSync(right.yaml, "utf8")));
  const differs = async () => (await nodes.list(right)).filter((one) => one.otherConfigFile).map(({ id }) => id);
  await expect.poll(differs).toEqual(["right"]);
  await right.untilLog("that its file differs", ({ msg }) => msg.includes("is not the one that is applied"));
  writeFileSync(left.yaml, changed(readFileSync(left.yaml, "utf8")));
  await viewer.until("the new point", () => viewer.points.has("fan"));
  await expect.poll(differs).toEqual([]);
  // The next holder has no file, and then the old one.
  rmSync(right.yaml);
  await right.terminate();
  await right.start();
  await left.kill();
  await nodes.untilRoles("right", { recorder: "right" });
  const other = await make.viewer(right.url);
  await other.until("the points", () => other.points.has("p0") && other.points.has("fan"));
  writeFileSync(left.yaml, "topics: [{id: only, filter: only, type: number}]");
  await left.start();
  await other.until("what the node that applied it was started with", () => other.points.has("only"));
  expect([...other.points.keys()]).not.toContain("p0");
});

const portOf = (node: Telltale) => Number(new URL(node.url).port);

test("CL-56: a page whose node is killed goes on at another one, with one resync", async () => {
  const nodes = await make.nodes(["left", "right"]);
  const [left, right] = [nodes.node("left"), nodes.node("right")];
  const target = { host: "127.0.0.1", port: portOf(left) };
  const balancer = await make.wire(target);
  const load = await make.load(50);
  const viewer = await make.viewer(`http://127.0.0.1:${balancer.port}`);
  const isShown = (n: number) => Number(viewer.points.get("p0")?.value ?? -1) > n;
  await viewer.until("values", () => isShown(5));
  const connects: number[] = [];
  viewer.socket.on("connect", () => void connects.push(Date.now()));
  target.port = portOf(right);
  await left.kill();
  const sent = load.count() / 10;
  await viewer.until("values that came afterwards", () => isShown(sent + 5));
  expect(connects).toHaveLength(1);
  expect(viewer.faults).toEqual([]);
});

test("CL-57: a page on the node that does not record sees values that were stored before it started", async () => {
  const nodes = await make.nodes(["left", "right"]);
  const [left, right] = [nodes.node("left"), nodes.node("right")];
  const load = await make.load(50);
  const viewer = await make.viewer(left.url);
  await viewer.until("values", () => Number(viewer.points.get("p3")?.value ?? -1) > 5);
  await load.stop();
  const last = (load.sentAt[3]?.length ?? 0) - 1;
  await viewer.until("the last value", () => viewer.points.get("p3")?.value === last);
  await expect.poll(async () => (await left.api("GET", "/points/p3/readings?limit=1")).body.value).toEqual([last]);
  await right.terminate();
  await right.start();
  const late = await make.viewer(right.url);
  expect(late.points.get("p3")).toMatchObject({ value: last, at: viewer.points.get("p3")?.at });
});
