import { z } from "zod";

export const ValueOptions = z.strictObject({
  /** Draws the last minutes behind the foot. */
  trace: z.boolean().default(true),
});
export type ValueOptions = z.infer<typeof ValueOptions>;
