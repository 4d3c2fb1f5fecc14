import { z } from "zod";
import type { SaidText as SaidTextType, Said as SaidType } from "./said";
import type { Wording as WordingType } from "./t";

const SaidText: z.ZodType<SaidTextType> = z.object({
  code: z.string(),
  args: z.record(z.string(), z.union([z.string(), z.number(), z.lazy(() => SaidText)])).optional(),
});

/** A reason over HTTP, where a program reads it; and what has no key. The brand is of the types alone. */
export const Wording = z.string() as unknown as z.ZodType<WordingType>;

/** See said.ts; apart, since viewing pages load no schema library. */
export const Said: z.ZodType<SaidType> = z.union([Wording, SaidText]);
