import { z } from "zod";

export const SwitchOptions = z.strictObject({
  /** Words for the two positions. */
  on: z.string().min(1).max(40).default("On"),
  off: z.string().min(1).max(40).default("Off"),
});
export type SwitchOptions = z.infer<typeof SwitchOptions>;
