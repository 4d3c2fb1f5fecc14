import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { endTelltales } from "../faults/telltaleProcess";
import { type BrokerKind, type ClusterBed, createClusterBed } from "./processes.harness";

/** One Postgres for the file, and what each test makes of it; undone when the test ends. */
export function nodesOfATest(kind: BrokerKind = "mosquitto"): ClusterBed {
  const bed = createClusterBed(kind);
  // Each test starts several servers, which takes its time on a machine that is busy with other things.
  vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
  beforeAll(bed.start);
  afterEach(bed.reset);
  afterAll(async () => {
    await bed.stop();
    await endTelltales();
  });
  return bed;
}
