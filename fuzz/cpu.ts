import type { Steps } from "../lib/steps";

/** Milliseconds of CPU that something takes: all of it, and the longest stretch of it that could not be interrupted. */
export interface Cost {
  readonly whole: number;
  readonly held: number;
}

const isSteps = (made: unknown): made is Steps<unknown> =>
  typeof made === "object" && made !== null && "next" in made && Symbol.iterator in made;

/**
 * Starts a watch: milliseconds of CPU of this thread since then, at most. Both the wall clock and the CPU of the process are upper
 * bounds, the first wrong on a loaded machine, the second by the garbage collector's and the compiler's threads.
 */
function startWatch(): () => number {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const used = process.cpuUsage(cpu);
    return Math.min(performance.now() - wall, (used.user + used.system) / 1000);
  };
}

/** What `work` costs, which answers nothing of interest, or steps that the server spreads over turns of the event loop. */
export function costOf(work: () => unknown): Cost {
  const whole = startWatch();
  let held = 0;
  let stretch = startWatch();
  const made = work();
  held = stretch();
  if (!isSteps(made)) return { whole: held, held };
  for (let done = false; !done; held = Math.max(held, stretch())) {
    stretch = startWatch();
    done = made.next().done === true;
  }
  return { whole: whole(), held };
}

/** The best of several runs, each of the two by itself, ended early by one that is quick enough. */
export function bestOf(runs: number, enough: number, work: () => unknown): Cost {
  let best: Cost = { whole: Number.POSITIVE_INFINITY, held: Number.POSITIVE_INFINITY };
  for (let i = 0; i < runs && best.whole > enough; i++) {
    const { whole, held } = costOf(work);
    best = { whole: Math.min(best.whole, whole), held: Math.min(best.held, held) };
  }
  return best;
}

/** The longest turn of the event loop while something asynchronous goes on, by the same measure. */
export async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let turn = startWatch();
  let next: NodeJS.Immediate | undefined;
  const look = (): void => {
    longest = Math.max(longest, turn());
    turn = startWatch();
    next = setImmediate(look);
  };
  look();
  try {
    await work();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    clearImmediate(next);
  }
  return longest;
}
