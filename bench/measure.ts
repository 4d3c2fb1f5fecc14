/** Nanoseconds that one run takes: the best of several rounds, since noise only ever adds. */
export function nanosecondsEach(runs: number, run: (i: number) => void, rounds = 7): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const started = process.hrtime.bigint();
    for (let i = 0; i < runs; i++) run(i);
    best = Math.min(best, Number(process.hrtime.bigint() - started) / runs);
  }
  return best;
}

/** One line: what was measured, against what, and how many times the bare limit it costs. */
export function report(what: string, ns: number, bare: { what: string; ns: number }): void {
  const ratio = Number((ns / bare.ns).toPrecision(3));
  console.log(`${what}: ${ratio} × ${bare.what}  (${ns.toFixed(0)} ns against ${bare.ns.toFixed(0)} ns)`);
}
