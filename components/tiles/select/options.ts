import { z } from "zod";

export const SelectOptions = z.strictObject({});
export type SelectOptions = z.infer<typeof SelectOptions>;
