import { z } from "zod";

export const StatusOptions = z.strictObject({
  /** Words for true and false: open and closed, dry and wet, … */
  on: z.string().min(1).max(40).default("On"),
  off: z.string().min(1).max(40).default("Off"),
});
export type StatusOptions = z.infer<typeof StatusOptions>;
