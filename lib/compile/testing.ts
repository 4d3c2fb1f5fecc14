import { compileRegistration } from "../compile";
import type { CompiledRegistration, CompileError, SlotOutcome } from "../compiled";
import { Registration, type RegistrationInput } from "../registration";
import { inWords } from "../texts/said";

/** Compiles a registration as a person writes it, for tests. Throws where the schema or the compiler refuses it. */
export function compiled(input: Omit<RegistrationInput, "id"> & { id?: string }): CompiledRegistration {
  const result = compileRegistration(Registration.parse({ id: "r", ...input }));
  if (!result.ok) throw new Error(`${result.error.pointer}: ${inWords(result.error.message)}`);
  return result.value;
}

/** The error with which the compiler refuses this registration. */
export function compileFault(input: Omit<RegistrationInput, "id">): CompileError & { message: string } {
  const result = compileRegistration(Registration.parse({ id: "r", ...input }));
  if (result.ok) throw new Error("compiled, though a fault was expected");
  return { ...result.error, message: inWords(result.error.message) };
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const NOW = Date.UTC(2026, 10, 24, 12);

/** What is read from a payload, as `{key: value}`; a reject is its code in angle brackets, a single value has the key "". */
export function said(registration: CompiledRegistration, payload: string): Record<string, unknown> {
  return Object.fromEntries(registration.read(bytes(payload), NOW).map((o) => [o.slot.key ?? "", brief(o)]));
}

const brief = (outcome: SlotOutcome): unknown => (outcome.ok ? outcome.value : `<${outcome.reject.code}>`);
