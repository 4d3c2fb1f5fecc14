import { existsSync, openSync, readSync } from "node:fs";
import type { Steps } from "../lib/steps";

/** Milliseconds of CPU that something takes: all of it, and the longest stretch of it that could not be interrupted. */
export interface Cost {
  readonly whole: number;
  readonly held: number;
}

const isSteps = (made: unknown): made is Steps<unknown> =>
  typeof made === "object" && made !== null && "next" in made && Symbol.iterator in made;

/** Linux tells what each thread has used, in ns, and counts a thread that runs at each tick of its clock, 4 ms apart at most. */
const SCHEDSTAT = "/proc/thread-self/schedstat";
const TICK_MS = 4;
const schedstat = existsSync(SCHEDSTAT) ? openSync(SCHEDSTAT, "r") : undefined;
const read = Buffer.alloc(64);

function threadMs(): number {
  if (schedstat === undefined) return Number.NaN;
  const length = readSync(schedstat, read, 0, read.length, 0);
  return Number.parseInt(read.toString("latin1", 0, length), 10) / 1e6;
}

/**
 * Starts a watch: milliseconds of CPU of this thread since then, at most. The wall clock, the CPU of the process and that of the thread
 * are upper bounds: the first is wrong on a loaded machine, the second by the threads of the garbage collector and the compiler, the
 * third by a tick.
 */
function startWatch(): () => number {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  const thread = threadMs();
  return () => {
    const used = process.cpuUsage(cpu);
    const ofThread = threadMs() - thread + TICK_MS;
    const bounds = [performance.now() - wall, (used.user + used.system) / 1000, ofThread];
    return Math.min(...bounds.filter((bound) => !Number.isNaN(bound)));
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
