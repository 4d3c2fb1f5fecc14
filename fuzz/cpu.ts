/**
 * Milliseconds of CPU that a synchronous function takes on this thread, at most: both the wall clock and the CPU of the process are
 * upper bounds, the first wrong on a loaded machine, the second by the garbage collector's and the compiler's threads.
 */
export function cpuOf(work: () => void): number {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  work();
  const used = process.cpuUsage(cpu);
  return Math.min(performance.now() - wall, (used.user + used.system) / 1000);
}

/** The best of several runs, ended early by one that is quick enough. */
export function bestOf(runs: number, enough: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs && best > enough; i++) best = Math.min(best, cpuOf(work));
  return best;
}
