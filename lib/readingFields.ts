import type { Registration } from "./registration";
import type { RegistrationFields } from "./registration/field";
import { REGISTRATION_FIELDS } from "./registration/fields";

type Members = Readonly<Record<string, unknown>>;

const FIELDS: RegistrationFields = REGISTRATION_FIELDS;

/** The fields with an effect, as text: equal where nothing of it changed. `key`: of which of several values. */
export function readingText(registration: Registration, key: string | undefined, effect: "anew" | "again"): string {
  const spec = key === undefined ? undefined : registration.values?.[key];
  const all: unknown[] = [];
  for (const [name, field] of Object.entries(FIELDS)) {
    if (field.effect !== effect) continue;
    const own = field.level === "registration" ? undefined : (spec as Members | undefined)?.[name];
    all.push(own ?? (registration as Members)[name] ?? null);
  }
  return JSON.stringify(all);
}
