import { z } from "zod";
import { withText } from "./texts/issues";
import { say } from "./texts/said";

export const Level = z.enum(["warning", "critical"]);
export type Level = z.infer<typeof Level>;

const ThresholdSchema = z
  .strictObject({ above: z.number().optional(), below: z.number().optional(), level: Level })
  .refine((t) => (t.above === undefined) !== (t.below === undefined), withText(say("schema.threshold")));
export type Threshold = z.infer<typeof ThresholdSchema>;
export const ThresholdsSchema = z.array(ThresholdSchema).max(20);

export { type Breach, worstBreach } from "./breach";
