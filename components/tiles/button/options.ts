import { z } from "zod";

export const ButtonOptions = z.strictObject({
  /** What stands on the button: a verb. */
  label: z.string().min(1).max(40).default("Press"),
});
export type ButtonOptions = z.infer<typeof ButtonOptions>;
