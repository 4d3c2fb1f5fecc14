import { z } from "zod";

export const GaugeOptions = z.strictObject({
  /** The dial's ends; absent: the point's range, its command's, or 0 to 100. */
  range: z
    .tuple([z.number(), z.number()])
    .refine(([low, high]) => low < high, "range must be [low, high] with low below high")
    .optional(),
});
export type GaugeOptions = z.infer<typeof GaugeOptions>;
