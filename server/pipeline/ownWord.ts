import { filterMatches } from "../../lib/topics/match";
import { hasWildcard } from "../../lib/topics/parse";
import type { IngestPoint } from "./ingest";

/** Whether a message on a point's own topic says that its device is offline: what else it holds is a stand-in, and no reading. */
export function saysOffline({ availability, source }: IngestPoint, topic: string, payload: Uint8Array): boolean {
  for (const { filter, read } of availability) {
    if (filter !== topic && !(hasWildcard(filter) && filterMatches(filter, topic))) continue;
    if (read(payload) === "offline") return !isItsWord(source);
  }
  return false;
}

/** A point that shows whether its device is there: "offline" is what it reads, and not a stand-in. */
function isItsWord({ compiled: { registration } }: IngestPoint["source"]): boolean {
  const { availability, payloads, value, jinja } = registration;
  if (payloads === undefined || value !== undefined || jinja !== undefined) return false;
  return [availability].flat().some((one) => one?.offline === payloads.off);
}
