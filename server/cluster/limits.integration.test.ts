import { expect, test } from "vitest";
import type { Viewer } from "../faults/viewer";
import { PUMPS } from "./processes.harness";
import { nodesOfATest } from "./testNodes.harness";

/** How long it takes until the pages of another node know. Alone on the machine, since that is what is judged. */

const make = nodesOfATest();
const WITHIN_MS = 1000;
const DEAD_WITHIN_MS = 5000;
const TIMES = 5;

const commandOf = (viewer: Viewer, point: string) => viewer.points.get(point)?.command;

/** From the answer to the change until it is seen. */
async function tookFrom(change: () => Promise<unknown>, seen: () => Promise<unknown>): Promise<number> {
  const waiting = seen();
  await change();
  const from = performance.now();
  await waiting;
  return performance.now() - from;
}

test("CL-100: topics, rights, sign-outs and commands of one node are on the pages of another within a second", async () => {
  const nodes = await make.nodes(["left", "right"]);
  const [left, right] = [nodes.node("left"), nodes.node("right")];
  const bob = await nodes.person("bob", "operator", ["left", "right"]);
  const bobs = await make.viewer(right.url, bob.cookies[1]);
  const took: Record<"topic" | "rights" | "command" | "signOut", number[]> = {
    ...{ topic: [], rights: [], command: [], signOut: [] },
  };
  for (let i = 0; i < TIMES; i++) {
    const topic = { id: `made${i}`, filter: `made/${i}`, type: "number" };
    took.topic.push(
      await tookFrom(
        () => left.api("POST", "/registrations", topic),
        () => bobs.until("the new point", () => bobs.points.has(topic.id)),
      ),
    );
    // Each change of rights makes the page's session be looked at, which is told to it.
    const told = new Promise<void>((resolve) => bobs.socket.once("brokers", () => resolve()));
    took.rights.push(
      await tookFrom(
        () => left.api("PATCH", `/users/${bob.id}`, { role: i % 2 === 0 ? "viewer" : "operator" }),
        () => told,
      ),
    );
  }
  expect((await left.api("PATCH", `/users/${bob.id}`, { role: "operator" })).status).toBe(200);
  const onLeft = await make.viewer(left.url, bob.cookies[0]);
  for (const point of PUMPS) {
    took.command.push(
      await tookFrom(
        () => onLeft.command(point, true),
        () => bobs.until("the command", () => commandOf(bobs, point) !== undefined),
      ),
    );
  }
  for (let i = 0; i < TIMES; i++) {
    const ana = await nodes.person(`ana${i}`, "operator", ["right"]);
    const anas = await make.viewer(right.url, ana.cookies[0]);
    await anas.until("values", () => anas.points.has("p0"));
    took.signOut.push(
      await tookFrom(
        () => left.api("DELETE", `/users/${ana.id}`),
        () => anas.until("she is signed out", () => anas.goodbyes.length > 0),
      ),
    );
  }
  for (const [what, all] of Object.entries(took)) {
    expect([what, all.length]).toEqual([what, TIMES]);
    expect(Math.max(...all), what).toBeLessThan(WITHIN_MS);
  }
});

test("CL-41: the open command of a node that is killed is unknown on the others within five seconds", async () => {
  const nodes = await make.nodes(["left", "right"]);
  const [left, right] = [nodes.node("left"), nodes.node("right")];
  const bob = await nodes.person("bob", "operator", ["left", "right"]);
  const bobs = await make.viewer(right.url, bob.cookies[1]);
  for (const point of PUMPS.slice(0, 3)) {
    const onLeft = await make.viewer(left.url, bob.cookies[0]);
    await onLeft.until("the broker takes commands", () =>
      onLeft.brokers.some((broker) => broker.state === "connected" && broker.takesCommands !== false),
    );
    expect((await onLeft.command(point, true))?.state).toBe("sent");
    await bobs.until("the command", () => commandOf(bobs, point) !== undefined);
    const took = await tookFrom(left.kill, () =>
      bobs.until("it is unknown", () => commandOf(bobs, point)?.state === "unknown"),
    );
    expect(took).toBeLessThan(DEAD_WITHIN_MS);
    onLeft.close();
    await left.start();
  }
});
