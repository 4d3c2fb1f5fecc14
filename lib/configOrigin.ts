import { z } from "zod";

/** Where a piece of configuration comes from; only what is in the store may be changed in the UI. */
export const Origin = z.enum(["store", "file", "environment", "demo"]);
export type Origin = z.infer<typeof Origin>;
