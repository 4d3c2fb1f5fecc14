import { z } from "zod";
import { PointId } from "../../lib/ids";
import { Value } from "../../lib/reading";
import type { HouseTuning } from "./device";

/** What the demo's worker thread starts with. `past`: the span, in epoch ms, that it makes up first. */
export interface DemoWork extends HouseTuning {
  past?: { from: number; to: number };
}

/** From the worker: batches of the past, each waiting for an answer, then one `ready`. */
export const DemoWorkerMessage = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("past"),
    readings: z.array(z.object({ point: PointId, value: Value, at: z.number() })),
  }),
  z.object({ kind: z.literal("ready"), port: z.number().int(), devices: z.number().int() }),
]);
export type DemoWorkerMessage = z.infer<typeof DemoWorkerMessage>;
