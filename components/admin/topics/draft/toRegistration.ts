import { Registration } from "@/lib/registration";
import { REGISTRATION_FIELDS } from "@/lib/registration/fields";
import { t } from "@/lib/texts/t";
import { errorsOf, type FieldErrors, zodErrors } from "../../fieldErrors";
import { writeFields } from "./codecs";
import type { Draft } from "./draft";
import { factsOf } from "./facts";
import type { Issue } from "./numberFields";

export type DraftResult = { ok: true; registration: Registration } | { ok: false; errors: FieldErrors };

/** The registration in the form, or its errors by field. */
export function toRegistration(draft: Draft): DraftResult {
  const issues: Issue[] = [];
  if (draft.id.trim() === "") issues.push({ pointer: "/id", detail: t("registration.idNeeded") });
  const input = writeDraft(draft, issues);
  const parsed = Registration.safeParse(input);
  if (parsed.success && issues.length === 0) return { ok: true, registration: parsed.data };
  return { ok: false, errors: errorsOf([...issues, ...(parsed.success ? [] : zodErrors(parsed.error))]) };
}

/** The registration for the API, unchecked; a text that cannot be converted (an invalid number) becomes an issue. */
export const writeDraft = (draft: Draft, issues: Issue[]): Record<string, unknown> =>
  writeFields(REGISTRATION_FIELDS, draft, "", { issues, locale: draft.locale }, factsOf(draft));
