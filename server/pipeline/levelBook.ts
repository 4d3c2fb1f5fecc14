/**
 * In which wildcards the topics of a registration differ: only those tell its points apart, and belong in their names. A level that
 * has differed once stays, also when the point that differed is gone, so that no name changes back and forth.
 */
export interface LevelBook<R> {
  /** Takes note of a topic; true where a level differs for the first time, so that the names of all points change. */
  note(registration: R, levels: readonly string[]): boolean;
  /** The places of the levels that differ, counted from 0. */
  apart(registration: R): ReadonlySet<number>;
  forget(registration: R): void;
}

const NONE: ReadonlySet<number> = new Set();

export function createLevelBook<R>(): LevelBook<R> {
  const seen = new Map<R, { first: readonly string[]; apart: Set<number> }>();
  return {
    note(registration, levels) {
      // Of a single wildcard the level is the point's own.
      if (levels.length < 2) return false;
      const known = seen.get(registration);
      if (!known) {
        seen.set(registration, { first: levels, apart: new Set() });
        return false;
      }
      const before = known.apart.size;
      for (const [i, level] of levels.entries()) if (level !== known.first[i]) known.apart.add(i);
      return known.apart.size > before;
    },
    apart: (registration) => seen.get(registration)?.apart ?? NONE,
    forget: (registration) => void seen.delete(registration),
  };
}
