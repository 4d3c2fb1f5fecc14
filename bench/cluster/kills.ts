import type { ClusterBed } from "../../server/cluster/processes.harness";
import { median } from "../measure";
import { report } from "../rows";
import { aSecond, largest, longestPause, NAMES, RATE, recordsAfter, startTwo } from "./part";
import { reportStored } from "./stored";

const KILLS = 20;
const MOVED = 4;

/** kill -9 of the recorder under load, again and again; half of the messages have QoS 0. Viewers come through a balancer, and one is on the node that lives. */
export async function kills(bed: ClusterBed): Promise<void> {
  const { heardAt, nodes, left, right } = await startTwo(bed);
  const balancer = await bed.balancer([left, right]);
  const load = await bed.load(RATE);
  const moving = await Promise.all(Array.from({ length: MOVED }, () => bed.viewer(balancer.url)));
  const lost = new Map(moving.map((viewer) => [viewer, 0]));
  for (const viewer of moving) viewer.socket.on("disconnect", () => lost.set(viewer, Date.now()));
  const seen = { next: [] as number[], stays: [] as number[], moves: [] as number[] };
  let [recorder, other] = NAMES as readonly [string, string];
  for (let i = 0; i < KILLS; i++) {
    const staying = await bed.viewer(nodes.node(other).url);
    await aSecond(staying, load);
    const killedAt = await nodes.node(recorder).kill();
    seen.next.push((await recordsAfter(nodes.node(other), killedAt)) - killedAt);
    for (const viewer of moving) await aSecond(viewer, load);
    seen.stays.push(longestPause(staying, killedAt));
    for (const viewer of moving)
      if ((lost.get(viewer) ?? 0) >= killedAt) seen.moves.push(longestPause(viewer, killedAt));
    staying.close();
    await nodes.node(recorder).start();
    await nodes.untilRoles(other, { recorder: other, standby: recorder });
    [recorder, other] = [other, recorder];
  }
  await load.stop();
  const of = `${bed.kind}, recorder killed ${KILLS} times at ${RATE} msg/s`;
  await reportStored(of, { by: nodes.node(recorder), load, heardAt });
  report({ what: `${of}: the next one records after, median`, value: median(seen.next), unit: "ms" });
  report({
    what: `${of}: the next one records after, longest`,
    value: largest(seen.next),
    unit: "ms",
    budget: "clusterNext",
  });
  report({
    what: `${of}: longest pause of a viewer on the node that lives`,
    value: largest(seen.stays),
    unit: "ms",
    budget: "clusterPause",
  });
  report({
    what: `${of}: longest pause of a viewer whose node was killed (${seen.moves.length} moved)`,
    value: largest(seen.moves),
    unit: "ms",
    budget: "clusterPause",
  });
}
