import { compileRegistration } from "../../../lib/compile";
import type { Registration } from "../../../lib/registration";
import type { Steps } from "../../../lib/steps";

const made = new WeakMap<Registration, ReturnType<typeof compileRegistration>>();

/** The same object compiles once, whoever asks: the catalog that checks it, and the live state that reads by it. */
export function compileOnce(registration: Registration): ReturnType<typeof compileRegistration> {
  let compiled = made.get(registration);
  if (compiled === undefined) {
    compiled = compileRegistration(registration);
    made.set(registration, compiled);
  }
  return compiled;
}

/** Compiles ahead, in steps, so that a later `compileOnce` of thousands costs nothing. */
export function* compileAll(registrations: Iterable<Registration>): Steps {
  for (const registration of registrations) {
    compileOnce(registration);
    yield;
  }
}
