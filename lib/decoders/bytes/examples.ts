import type { RegistrationInput } from "../../registration";

/** The least that a registration of this format says. */
export const least: Partial<RegistrationInput> = { struct: [{ key: "t", at: 0, type: "u8" }] };
