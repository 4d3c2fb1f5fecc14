/**
 * Work that may be interrupted after each of its steps. `lib/` has no timers: whoever runs it decides when it goes on, so that a long
 * announcement or list is worked off between the turns of the event loop.
 */
export type Steps<T = void> = Generator<void, T, void>;

/** All steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
