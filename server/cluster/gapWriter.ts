import type { BrokerId } from "../../lib/ids";
import type { RecordingGap } from "../../lib/recordingGap";
import type { Clock, ClusterTables, Lease, Log } from "../ports";

export interface GapWriterParts {
  broker: BrokerId;
  tables: Pick<ClusterTables, "addGap">;
  clock: Clock;
  log: Log;
}

const AGAIN_MS = 500;

/** Stores gaps in the recording in the name of its lease, as often as it takes while that is held. */
export function createGapWriter({ broker, tables, clock, log }: GapWriterParts) {
  return async function addGap(of: { lease: Lease; holds(): boolean }, gap: RecordingGap): Promise<void> {
    if (!of.holds()) return;
    try {
      await tables.addGap(of.lease, broker, gap);
    } catch (error) {
      log.warn({ broker, ...gap, error: String(error) }, "a gap in the recording could not be stored; trying again");
      clock.after(AGAIN_MS, () => void addGap(of, gap));
    }
  };
}
