import { commandOf, killBetweenAuditAndPublish, openPairs, race } from "../../server/cluster/commands.harness";
import { type ClusterBed, PUMPS } from "../../server/cluster/processes.harness";
import { median } from "../measure";
import { report } from "../rows";
import { largest, NAMES, startTwo } from "./part";

const RACES = 300;
const PAIRS = 4;
const DEATHS = 5;

/** Two people on two nodes operate one point in the same moment. */
export async function races(bed: ClusterBed): Promise<void> {
  const { nodes } = await startTwo(bed);
  const pairs = await openPairs(bed, nodes, NAMES, PAIRS);
  const found = await race({ pairs, points: PUMPS, heard: await bed.recorder(), devices: await bed.devices() }, RACES);
  const of = `${RACES} races of two operators on two nodes for one point`;
  for (const other of found.others) console.log(`  ${other}`);
  report({
    what: `${of}: without exactly one command`,
    value: RACES - found.oneCommand,
    unit: "",
    budget: "clusterCommands",
  });
  report({
    what: `${of}: messages to the device beyond one for each command`,
    value: found.heard - found.sent,
    unit: "",
    budget: "clusterCommands",
  });
  report({ what: `${of}: both have their reply after, median`, value: median(found.doneMs), unit: "ms" });
}

/** A node dies between a command's audit row and its publish. */
export async function killedSending(bed: ClusterBed): Promise<void> {
  const { nodes, left, right } = await startTwo(bed);
  const heard = await bed.recorder();
  const [ana, bob] = [
    await nodes.person("ana", "operator", ["left"]),
    await nodes.person("bob", "operator", ["right"]),
  ];
  const other = await bed.viewer(right.url, bob.cookies[0]);
  const unknownMs: number[] = [];
  for (let i = 0; i < DEATHS; i++) {
    const viewer = await bed.viewer(left.url, ana.cookies[0]);
    const points = [...PUMPS.slice(i % PUMPS.length), ...PUMPS.slice(0, i % PUMPS.length)];
    const { point, id, killedAt } = await killBetweenAuditAndPublish({
      databaseUrl: bed.databaseUrl(),
      node: left,
      viewer,
      points,
    });
    await other.until("it is unknown", () => {
      const command = commandOf(other, point);
      return command?.id === id && command.state === "unknown";
    });
    unknownMs.push(Date.now() - killedAt);
    await left.start();
    await nodes.untilRoles("right", { recorder: "right", standby: "left" });
    viewer.close();
  }
  const published = heard.heard.filter(({ topic }) => topic.endsWith("/set")).length;
  const of = `a node killed ${DEATHS} times between a command's audit row and its publish`;
  report({
    what: `${of}: unknown on the other node after, longest`,
    value: largest(unknownMs),
    unit: "ms",
    budget: "clusterUnknown",
  });
  report({ what: `${of}: messages to the device`, value: published, unit: "", budget: "clusterCommands" });
}
