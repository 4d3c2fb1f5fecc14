import { z } from "zod";

export const Level = z.enum(["warning", "critical"]);
export type Level = z.infer<typeof Level>;

const ThresholdSchema = z
  .strictObject({ above: z.number().optional(), below: z.number().optional(), level: Level })
  .refine((t) => (t.above === undefined) !== (t.below === undefined), "a threshold has either above or below");
export type Threshold = z.infer<typeof ThresholdSchema>;
export const ThresholdsSchema = z.array(ThresholdSchema).max(20);

export { type Breach, worstBreach } from "./breach";
