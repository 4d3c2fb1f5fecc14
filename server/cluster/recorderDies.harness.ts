import { expect } from "vitest";
import type { Telltale } from "../faults/telltale";
import type { Viewer } from "../faults/viewer";
import { compare, type Load, type nodesOfATest, POINTS } from "./processes.harness";

/** `more` further messages are shown. */
export async function shown(viewer: Viewer, load: Load, more: number): Promise<void> {
  const from = load.count() / POINTS + more;
  await viewer.until(`${more} more messages`, () => Number(viewer.points.get("p0")?.value ?? -1) >= from);
}

export async function untilStored(by: Telltale, load: Load) {
  await expect.poll(async () => (await compare(by, load)).missing, { interval: 500 }).toEqual([]);
  return compare(by, load);
}
export const WHOLE = { missing: [], doubled: 0, outOfOrder: 0 };

/** The recorder dies under load, comes back and stands by; then the one dies that has followed it. */
export async function killTwice(make: ReturnType<typeof nodesOfATest>): Promise<void> {
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
  // With the time of the take-over in place of their own it would be more than a quarter.
  expect(found.wrongTime).toBeLessThan(found.stored * 0.15);
}
