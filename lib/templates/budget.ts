import { TemplateFault } from "./values";

/** What one rendering may cost. Far above any real template, far below what a broker's stranger could hurt with. */
export const LIMITS = {
  source: 32_768,
  depth: 100,
  steps: 50_000,
  /** Characters and list items made, all together. */
  made: 1_000_000,
  output: 262_144,
} as const;

export interface Budget {
  /** Counts work; throws when there was too much of it. */
  spend(steps: number): void;
  /** Counts what is about to be made, before it is made. */
  make(size: number): void;
}

export function createBudget(): Budget {
  let steps = 0;
  let made = 0;
  return {
    spend(n) {
      steps += n;
      if (steps > LIMITS.steps) throw new TemplateFault("the template takes too many steps");
    },
    make(size) {
      made += size;
      if (!(made <= LIMITS.made)) throw new TemplateFault("the template makes too much text");
    },
  };
}
