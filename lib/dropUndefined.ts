/** A copy without the members that are undefined, so that a registration is as short as one that a person writes. */
export const dropUndefined = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
