import { z } from "zod";
import { Registration } from "@/lib/registration";
import type { Draft } from "./draft";
import { emptyDraft, fromRegistration } from "./fromRegistration";

const OnlyFilter = z.object({ filter: z.string().max(65_535) });

/**
 * The form as another page wants it to begin, from a link: a whole registration, or only a filter. What is neither begins empty,
 * since a link can hold anything; nothing is saved before a person does so.
 */
export function seedOf(json: string | undefined, locale = "en"): Draft | undefined {
  if (json === undefined) return undefined;
  let said: unknown;
  try {
    said = JSON.parse(json);
  } catch {
    return undefined;
  }
  const whole = Registration.safeParse(said);
  if (whole.success) return fromRegistration(whole.data, locale);
  const part = OnlyFilter.safeParse(said);
  return part.success ? { ...emptyDraft, locale, filter: part.data.filter } : undefined;
}
