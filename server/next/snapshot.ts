import type { Access } from "../../lib/access";
import type { Snapshot, View } from "../../lib/protocol";
import { resolveView, snapshotOf } from "../pipeline/views";
import type { Brokers, Catalog, LiveState } from "../ports";
import { sha256 } from "../sha256";

/**
 * The view's present state for this person, for the page's first paint: the socket takes over from its room and revision.
 * Undefined: there is no such dashboard. `now`: the server's clock, epoch ms.
 */
export function buildSnapshot(
  live: Pick<LiveState, "get" | "points" | "actuator" | "epoch" | "rev">,
  catalog: Pick<Catalog, "dashboards">,
  brokers: Pick<Brokers, "states">,
  access: Access,
  view: View,
  now: number,
): Snapshot | undefined {
  const resolved = resolveView(live, catalog, access, view, sha256);
  return resolved && snapshotOf(live, brokers, resolved, now);
}
