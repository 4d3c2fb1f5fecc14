import { z } from "zod";
import type { Said as SaidType } from "./said";

const Plain = z.union([z.string(), z.number()]);
const Inner = z.object({ code: z.string(), args: z.record(z.string(), Plain).optional() });

/** See said.ts; apart, since viewing pages load no schema library. */
export const Said: z.ZodType<SaidType> = z.union([
  z.string(),
  z.object({ code: z.string(), args: z.record(z.string(), z.union([Plain, Inner])).optional() }),
]);
