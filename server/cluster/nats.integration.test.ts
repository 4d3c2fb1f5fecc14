import { expect, test } from "vitest";
import type { RecordingGap } from "../../lib/recordingGap";
import { oneTopicForBoth } from "./oneTopic.harness";
import { compare, nodesOfATest } from "./processes.harness";
import { killTwice, shown } from "./recorderDies.harness";

/** The same over a cluster of three NATS servers. */

const make = nodesOfATest("nats");

test("CL-47: on NATS too a recorder that is killed under load, twice, costs no reading", () => killTwice(make));

test("CL-90: on MQTT 3.1.1 too no node takes a command of another for a report, before and after a take-over", () =>
  oneTopicForBoth(make));

test("CL-23: when the server of a cluster dies that all nodes use, they go on at another one, and what nobody heard is a gap", async () => {
  const nodes = await make.nodes(["left", "right"]);
  const right = nodes.node("right");
  const viewer = await make.viewer(right.url);
  const load = await make.load(100);
  await shown(viewer, load, 20);
  await (await make.broker()).kill();
  await shown(viewer, load, 40);
  await load.stop();
  const gaps = async (): Promise<RecordingGap[]> => (await right.api("GET", "/points/p0/history")).body.gaps;
  await expect.poll(gaps).not.toEqual([]);
  const heard = async () => {
    const { missing, ...found } = await compare(right, load);
    const at = (name: string) => {
      const [point = "", n = ""] = name.split(" ");
      return load.sentAt[Number(point.slice(1))]?.[Number(n)] ?? 0;
    };
    const known = await gaps();
    const unexplained = missing.filter(
      (name) => !known.some(({ from, to }) => at(name) > from - ON_ITS_WAY_MS && at(name) < to + ON_ITS_WAY_MS),
    );
    return { unexplained, doubled: found.doubled, outOfOrder: found.outOfOrder };
  };
  await expect.poll(heard).toEqual({ unexplained: [], doubled: 0, outOfOrder: 0 });
});

/** What was sent shortly before a server died may have died with it, and the others learn of a subscription a moment after it is accepted. */
const ON_ITS_WAY_MS = 1000;
