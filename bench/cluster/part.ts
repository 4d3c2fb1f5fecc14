import { type Load, POINTS, shown } from "../../server/cluster/load.harness";
import type { ClusterBed, Nodes } from "../../server/cluster/processes.harness";
import type { Telltale } from "../../server/faults/telltaleProcess";
import type { Viewer } from "../../server/faults/viewer";

/** What each part of `npm run bench -- cluster` begins with, and how it looks at pauses. */

export const RATE = 1000;
export const NAMES = ["left", "right"] as const;

/** The first of them is the recorder. */
export interface Running {
  /** When a bare subscriber received what. */
  heardAt: readonly number[][];
  nodes: Nodes;
  left: Telltale;
  right: Telltale;
}

export async function startTwo(bed: ClusterBed): Promise<Running> {
  const nodes = await bed.nodes(NAMES);
  const { heardAt } = await bed.hear();
  return { heardAt, nodes, left: nodes.node("left"), right: nodes.node("right") };
}

/** A second of messages. */
export const aSecond = (viewer: Viewer, load: Load): Promise<void> => shown(viewer, load, RATE / POINTS);

/** When `node` becomes the recorder behind a moment (epoch ms). */
export async function recordsAfter(node: Telltale, since: number): Promise<number> {
  const line = await node.untilLog(
    "it records",
    ({ msg, time }) => msg === "this node records the broker" && Number(time) >= since,
  );
  return Number(line.time);
}

/** The longest time without a change of values that a viewer saw since a moment, what was before it included; ms. */
export function longestPause({ frameTimes }: Pick<Viewer, "frameTimes">, since: number): number {
  let longest = 0;
  for (let i = frameTimes.length - 1; i > 0; i--) {
    const at = frameTimes[i] as number;
    if (at < since) break;
    longest = Math.max(longest, at - (frameTimes[i - 1] as number));
  }
  return longest;
}

export const largest = (numbers: readonly number[]): number => numbers.reduce((most, n) => Math.max(most, n), 0);
