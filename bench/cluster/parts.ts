import { gapsOf } from "../../server/cluster/load.harness";
import type { ClusterBed } from "../../server/cluster/processes.harness";
import { untilAnswer } from "../../server/cluster/untilAnswer.harness";
import { pause } from "../measure";
import { report } from "../rows";
import { aSecond, largest, longestPause, RATE, recordsAfter, startTwo } from "./part";
import { reportStored } from "./stored";

/** What was sent shortly before a NATS server died may have died with it, and the others learn of a subscription a moment after it is accepted. */
const NATS_MS = 1000;
/** Between a publisher and a node that reads it, on a busy machine. */
const ON_ITS_WAY_MS = 250;
const AWAY_MS = 10_000;
const DOWN_MS = 5000;

/** The member of the cluster dies that both nodes use; devices use another. */
export async function natsMember(bed: ClusterBed): Promise<void> {
  const { heardAt, right } = await startTwo(bed);
  const load = await bed.load(RATE);
  const viewer = await bed.viewer(right.url);
  await aSecond(viewer, load);
  await aSecond(viewer, load);
  const killedAt = Date.now();
  await (await bed.broker()).kill();
  for (let i = 0; i < 5; i++) await aSecond(viewer, load);
  await load.stop();
  const of = `nats, the member that both nodes use killed at ${RATE} msg/s`;
  await untilAnswer("a gap", async () => (await gapsOf(right)).length > 0);
  const { gaps } = await reportStored(of, { by: right, load, heardAt, onItsWayMs: NATS_MS });
  report({
    what: `${of}: longest pause of a viewer`,
    value: longestPause(viewer, killedAt),
    unit: "ms",
    budget: "clusterPause",
  });
  report({ what: `${of}: gap (${gaps.map(({ why }) => why).join(", ")})`, value: sum(gaps), unit: "ms" });
}

/** Postgres dies and is away for longer than a lease lasts. */
export async function postgresAway(bed: ClusterBed): Promise<void> {
  const { heardAt, left, right } = await startTwo(bed);
  const load = await bed.load(RATE);
  const viewers = await Promise.all([left, right].map(({ url }) => bed.viewer(url)));
  for (const viewer of viewers) await aSecond(viewer, load);
  const diedAt = Date.now();
  await bed.postgres().crash();
  await pause(AWAY_MS);
  await bed.postgres().restart();
  const backAt = Date.now();
  const records = await Promise.race([left, right].map((node) => recordsAfter(node, backAt)));
  for (const viewer of viewers) for (let i = 0; i < 5; i++) await aSecond(viewer, load);
  await load.stop();
  const of = `mosquitto, Postgres killed and away for ${AWAY_MS / 1000} s at ${RATE} msg/s`;
  const { gaps } = await reportStored(of, { by: right, load, heardAt });
  report({ what: `${of}: gaps`, value: gaps.length, unit: "", budget: "clusterWhole" });
  report({ what: `${of}: a node records again after its return`, value: records - backAt, unit: "ms" });
  const longest = largest(viewers.map((viewer) => longestPause(viewer, diedAt)));
  report({ what: `${of}: longest pause of a viewer`, value: longest, unit: "ms", budget: "clusterPause" });
}

/** Both nodes die at once, and start again. */
export async function allNodes(bed: ClusterBed): Promise<void> {
  const { heardAt, nodes, left, right } = await startTwo(bed);
  const load = await bed.load(RATE);
  const viewer = await bed.viewer(left.url);
  await aSecond(viewer, load);
  await aSecond(viewer, load);
  const deadFrom = largest(await Promise.all([left.kill(), right.kill()]));
  await pause(DOWN_MS);
  const startedAt = Date.now();
  await Promise.all([left.start(), right.start()]);
  const records = await Promise.race([left, right].map((node) => recordsAfter(node, startedAt)));
  await aSecond(viewer, load);
  const shownAt = viewer.frameTimes.find((at) => at > startedAt) ?? Number.NaN;
  for (let i = 0; i < 3; i++) await aSecond(viewer, load);
  await load.stop();
  const of = `mosquitto, both nodes killed at once and started after ${DOWN_MS / 1000} s at ${RATE} msg/s`;
  const by = (await nodes.list(left)).find(({ recorderOf }) => recorderOf.length > 0)?.id ?? "left";
  const { gaps } = await reportStored(of, { by: nodes.node(by), load, heardAt, onItsWayMs: ON_ITS_WAY_MS });
  const [gap] = gaps;
  report({
    what: `${of}: gaps with the reason no-recorder`,
    value: gaps.filter(({ why }) => why === "no-recorder").length,
    unit: `of ${gaps.length}`,
  });
  report({
    what: `${of}: the gap lasts longer than nobody was recording`,
    value: gap ? gap.to - gap.from - (records - deadFrom) : Number.NaN,
    unit: "ms",
  });
  report({ what: `${of}: a node records after the start`, value: records - startedAt, unit: "ms" });
  report({ what: `${of}: a page shows values after the start`, value: shownAt - startedAt, unit: "ms" });
}

const sum = (gaps: readonly { from: number; to: number }[]): number =>
  gaps.reduce((all, { from, to }) => all + to - from, 0);
