/** Ends several subscriptions with one call. */
export const endAll =
  (...ends: readonly (() => void)[]): (() => void) =>
  () => {
    for (const end of ends) end();
  };
