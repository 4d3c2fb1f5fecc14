import { compare, gapsOf, type Load, unexplained } from "../../server/cluster/load.harness";
import { untilAnswer } from "../../server/cluster/untilAnswer.harness";
import type { Telltale } from "../../server/faults/telltaleProcess";
import { percentile } from "../measure";
import { report } from "../rows";
import { largest } from "./part";

const FLUSHED_MS = 30_000;
const EVERY_MS = 1000;

interface Compared {
  by: Telltale;
  load: Load;
  heardAt: readonly number[][];
  onItsWayMs?: number;
}

/**
 * What is stored of a load that has ended, against what was sent. `onItsWayMs`: what was sent so shortly before or behind a gap belongs to it.
 * It is looked at until nothing more is missing than the gaps say, or until nothing can come any more.
 */
export async function reportStored(of: string, { by, load, heardAt, onItsWayMs }: Compared) {
  const look = async () => {
    const found = await compare(by, load, heardAt);
    const gaps = await gapsOf(by);
    return {
      ...found,
      gaps,
      lost: onItsWayMs === undefined ? found.missing : unexplained(found.missing, gaps, onItsWayMs),
    };
  };
  const deadline = Date.now() + FLUSHED_MS;
  const isDone = async () => {
    const now = await look();
    return (now.lost.length === 0 || Date.now() > deadline) && now;
  };
  const { stored, missing, doubled, outOfOrder, timesOff, gaps, lost } = await untilAnswer("it is stored", isDone, {
    everyMs: EVERY_MS,
  });
  report({ what: `${of}: readings sent`, value: load.count(), unit: "" });
  report({ what: `${of}: stored`, value: stored, unit: "" });
  if (onItsWayMs === undefined) report({ what: `${of}: lost`, value: lost.length, unit: "", budget: "clusterWhole" });
  else {
    report({ what: `${of}: not stored`, value: missing.length, unit: "" });
    report({ what: `${of}: not stored and in no gap`, value: lost.length, unit: "", budget: "clusterWhole" });
  }
  for (const { point, n, sentAt } of lost.slice(0, 20))
    console.log(`  lost: ${point} ${n}, sent at ${new Date(sentAt).toISOString()}`);
  report({ what: `${of}: stored twice`, value: doubled, unit: "", budget: "clusterWhole" });
  report({ what: `${of}: out of order within their topic`, value: outOfOrder, unit: "", budget: "clusterWhole" });
  report({
    what: `${of}: worst error of a time, against a bare subscriber`,
    value: largest(timesOff),
    unit: "ms",
    budget: "clusterTimes",
  });
  report({
    what: `${of}: error of a time, against a bare subscriber, 99 %`,
    value: percentile(timesOff, 0.99),
    unit: "ms",
  });
  for (const { from, to, why } of gaps)
    console.log(`  gap: ${new Date(from).toISOString()} to ${new Date(to).toISOString()}, ${why}`);
  return { gaps };
}
