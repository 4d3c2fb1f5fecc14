import { z } from "zod";

export const TextOptions = z.strictObject({});
export type TextOptions = z.infer<typeof TextOptions>;
