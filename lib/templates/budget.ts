import { TemplateFault } from "./values";

/**
 * What one rendering may cost. Far above any real template, far below what a broker's stranger could hurt with. A step is at most some
 * 0.4 µs of CPU, so that all of them stay below 20 ms. Steps are counted and never timed: load must not decide what a value is.
 */
export const LIMITS = {
  source: 32_768,
  depth: 100,
  steps: 40_000,
  /** Characters and list items made, all together. */
  made: 1_000_000,
  output: 262_144,
} as const;

export interface Budget {
  /** Counts work; throws when there was too much of it. */
  spend(steps: number): void;
  /** Counts text that is looked through by the engine's own search, comparison or copying. */
  look(characters: number): void;
  /** Counts what is about to be made, before it is made. */
  make(size: number): void;
}

/** Characters that the engine compares, copies or searches in the time of one step. */
const CHARACTERS_A_STEP = 64;

export function createBudget(): Budget {
  let steps = 0;
  let made = 0;
  const spend = (n: number): void => {
    steps += n;
    if (!(steps <= LIMITS.steps)) throw new TemplateFault("the template takes too many steps");
  };
  const look = (characters: number): void => spend(Math.ceil(characters / CHARACTERS_A_STEP));
  return {
    spend,
    look,
    make(size) {
      made += size;
      if (!(made <= LIMITS.made)) throw new TemplateFault("the template makes too much text");
      look(size);
    },
  };
}

/** For what is read from a message before a template runs, and bounded by the message. */
export const UNCOUNTED: Budget = { spend() {}, look() {}, make() {} };
