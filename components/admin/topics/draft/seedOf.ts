import { z } from "zod";
import { Registration } from "@/lib/registration";
import type { Draft } from "./draft";
import { emptyDraft, fromRegistration } from "./fromRegistration";

const OnlyFilter = z.object({ filter: z.string().max(65_535) });

/**
 * The initial draft from a link of another page: a whole registration, or only a filter. A link can contain anything, so with other
 * content the form is empty. Nothing is saved until a person does so.
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
