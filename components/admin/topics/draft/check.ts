import { compileRegistration } from "@/lib/compile";
import { findReservedTopic } from "@/lib/compile/command";
import type { CompiledRegistration, CompileError } from "@/lib/compiled";
import { Registration } from "@/lib/registration";
import type { RegistrationField } from "@/lib/registration/field";
import { REGISTRATION_FIELDS } from "@/lib/registration/fields";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import { errorsOf, type FieldErrors, sentence } from "../../fieldErrors";
import type { Draft } from "./draft";
import { toRegistration, writeDraft } from "./toRegistration";

export type Checked =
  | { ok: true; registration: Registration; compiled: CompiledRegistration }
  | { ok: false; errors: FieldErrors };

/** Checks everything that the server checks: the schema, then paths, templates and commands. */
export function checkDraft(draft: Draft): Checked {
  const written = toRegistration(draft);
  if (!written.ok) return written;
  const compiled = compileRegistration(written.registration);
  const reserved = findReservedTopic(written.registration);
  if (compiled.ok && !reserved) return { ok: true, registration: written.registration, compiled: compiled.value };
  const { pointer, message } = compiled.ok ? (reserved as CompileError) : compiled.error;
  return { ok: false, errors: errorsOf([{ pointer, detail: sentence(inWords(message)) }]) };
}

/** The fields that affect reading. A half-written command or name must not stop the preview. */
const READING = Object.entries<RegistrationField>(REGISTRATION_FIELDS).filter(
  ([, { effect, previewed }]) => previewed || effect === "anew" || effect === "again" || effect === "place",
);
const OF_VALUE = READING.filter(([, { level }]) => level !== "registration");

/**
 * Compiles the part of the draft that affects reading, for the preview, even if the rest is incomplete. Undefined while not even that
 * part is valid.
 */
export function compileForPreview(draft: Draft): CompiledRegistration | undefined {
  const checked = checkDraft(draft);
  if (checked.ok) return checked.compiled;
  const written = writeDraft(draft, []);
  const reading: Record<string, unknown> = { id: "preview", name: t("registration.theValue") };
  for (const [name] of READING) if (written[name] !== undefined) reading[name] = written[name];
  if (draft.mode === "several") reading.values = readableValues(written.values);
  // Fields can be picked before any path is set, and a half-written expression must not hide the messages.
  const picking = {
    ...reading,
    value: undefined,
    values: undefined,
    jinja: undefined,
    transform: undefined,
    time: undefined,
    when: undefined,
  };
  const without = (field: string) => ({ ...reading, [field]: undefined });
  return compileFirst([reading, without("time"), without("transform"), without("when"), picking]);
}

/** The rows that have a path, with their fields that affect reading. */
function readableValues(values: unknown): Record<string, unknown> {
  const readable: Record<string, unknown> = Object.create(null);
  for (const [key, spec] of Object.entries(values as Record<string, Record<string, unknown>>)) {
    if (!spec.value) continue;
    readable[key] = { ...Object.fromEntries(OF_VALUE.map(([name]) => [name, spec[name]])), name: spec.name };
  }
  return readable;
}

function compileFirst(candidates: readonly Record<string, unknown>[]): CompiledRegistration | undefined {
  for (const candidate of candidates) {
    const parsed = Registration.safeParse(candidate);
    const compiled = parsed.success ? compileRegistration(parsed.data) : undefined;
    if (compiled?.ok) return compiled.value;
  }
  return undefined;
}
