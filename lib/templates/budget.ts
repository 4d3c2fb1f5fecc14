import { say } from "../texts/said";
import { TemplateFault } from "./values";

/**
 * The limits of one rendering. They are far above what any real template needs, and low enough that a stranger on the broker cannot
 * slow the server down. One step takes at most about 0.4 µs of CPU, so a rendering takes less than 20 ms. Steps are counted instead of
 * timed, so that the result never depends on the load of the machine.
 */
export const LIMITS = {
  source: 32_768,
  depth: 100,
  steps: 40_000,
  /** Characters and list items created, in total. */
  made: 1_000_000,
  output: 262_144,
} as const;

export interface Budget {
  /** Counts steps of work; throws when the limit is exceeded. */
  spend(steps: number): void;
  /** Counts characters that the JavaScript engine itself searches, compares or copies. */
  look(characters: number): void;
  /** Counts characters or list items before they are created. */
  make(size: number): void;
}

/** The number of characters that the engine compares, copies or searches in the time of one step. */
const CHARACTERS_A_STEP = 64;

export function createBudget(): Budget {
  let steps = 0;
  let made = 0;
  const spend = (n: number): void => {
    steps += n;
    if (!(steps <= LIMITS.steps)) throw new TemplateFault(say("template.tooManySteps"));
  };
  const look = (characters: number): void => spend(Math.ceil(characters / CHARACTERS_A_STEP));
  return {
    spend,
    look,
    make(size) {
      made += size;
      if (!(made <= LIMITS.made)) throw new TemplateFault(say("template.tooMuchText"));
      look(size);
    },
  };
}

/** Has no limits: for reading the message before the template runs, where the size of the message is the limit. */
export const UNCOUNTED: Budget = { spend() {}, look() {}, make() {} };
