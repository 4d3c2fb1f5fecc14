import { expect } from "vitest";
import { shown, untilStored } from "./load.harness";
import type { ClusterBed } from "./processes.harness";

export const WHOLE = { missing: [], doubled: 0, outOfOrder: 0 };
/** A take-over comes three seconds after a death: what is stored with its time is further off. */
const TRUE_WITHIN_MS = 1000;

/** The recorder dies under load, comes back and stands by; then the one dies that has followed it. */
export async function killTwice(make: ClusterBed): Promise<void> {
  const nodes = await make.nodes(["left", "right"]);
  const { heardAt } = await make.hear();
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
  const found = await untilStored(by, load, heardAt);
  expect(found).toMatchObject({ ...WHOLE, stored: load.count() });
  // With the time of the take-over in place of their own it would be more than a quarter.
  expect(found.timesOff.filter((off) => off > TRUE_WITHIN_MS).length).toBeLessThan(found.stored * 0.15);
}
