/** Joins class names; whatever is not a text is left out, so that `condition && "name"` reads well. */
export const cx = (...names: unknown[]): string =>
  names.filter((name) => typeof name === "string" && name !== "").join(" ");
