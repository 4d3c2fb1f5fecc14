import { z } from "zod";

export const NumberOptions = z.strictObject({});
export type NumberOptions = z.infer<typeof NumberOptions>;
