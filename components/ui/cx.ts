/** Joins class names; values that are not texts are ignored, so that `condition && "name"` works. */
export const cx = (...names: unknown[]): string =>
  names.filter((name) => typeof name === "string" && name !== "").join(" ");
