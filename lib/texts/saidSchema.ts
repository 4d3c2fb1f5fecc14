import { z } from "zod";
import type { SaidText as SaidTextType, Said as SaidType } from "./said";

const SaidText: z.ZodType<SaidTextType> = z.object({
  code: z.string(),
  args: z.record(z.string(), z.union([z.string(), z.number(), z.lazy(() => SaidText)])).optional(),
});

/** See said.ts; apart, since viewing pages load no schema library. */
export const Said: z.ZodType<SaidType> = z.union([z.string(), SaidText]);
