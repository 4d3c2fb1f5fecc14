import { filterMatches } from "../../lib/topics/match";
import { hasWildcard } from "../../lib/topics/parse";
import type { IngestPoint } from "./ingest";

/** Whether a message on a point's own topic says that its device is offline: what else it holds is a stand-in, and no reading. */
export function saysOffline({ availability }: IngestPoint, topic: string, payload: Uint8Array): boolean {
  for (const { filter, read } of availability) {
    if (filter !== topic && !(hasWildcard(filter) && filterMatches(filter, topic))) continue;
    if (read(payload) === "offline") return true;
  }
  return false;
}
