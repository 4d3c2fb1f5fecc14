import { expect, test } from "vitest";
import type { Viewer } from "../faults/viewer";
import { compare, type Load, nodesOfATest } from "./processes.harness";

/** Two nodes over one Postgres and one broker, whose recorder dies under load. */

const make = nodesOfATest();

/** `more` further messages are shown. */
const shown = async (viewer: Viewer, load: Load, more: number) => {
  const from = load.count() / 10 + more;
  await viewer.until(`${more} more messages`, () => Number(viewer.points.get("p0")?.value ?? -1) >= from);
};

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
  await expect
    .poll(async () => (await compare(by, load)).stored, { interval: 500 })
    .toBeGreaterThanOrEqual(load.count());
  const found = await compare(by, load);
  console.log(found);
  expect(found).toMatchObject({ stored: load.count(), missing: [], doubled: 0, outOfOrder: 0 });
  expect(found.wrongTime).toBeLessThan(found.stored / 20);
});
