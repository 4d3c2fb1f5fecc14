import { bestOf } from "./cpu";
import type { Shape } from "./shapes";
import { HELD, type Target } from "./target";

/** Below this, an input costs too little to mind. */
const FLOOR = 12;
/** Below this, what is measured is noise of the machine. */
const NOISE = 4;
/** Four times the input may take up to this many times as long: linear growth, its garbage collection and its noise. */
const FOURFOLD = 11;
const RUNS = 3;

/**
 * Why an input of this shape costs too much; undefined where it does not. From small sizes to the largest that is read, so that worse
 * than linear growth is found while it is still short.
 */
export function faultOf<T>(target: Target<T>, shape: Shape<T>): string | undefined {
  const { limit, budget = HELD, read } = target;
  for (const size of [limit / 64, limit / 8, limit].map(Math.floor)) {
    const input = shape.make(size);
    const { whole, held } = bestOf(RUNS, FLOOR, () => read(input));
    if (whole <= FLOOR) continue;
    // Beside other work three runs may all be slow: one that keeps the budget proves that the input can be read within it.
    if (held > budget && bestOf(3 * RUNS, budget * 0.9, () => read(input)).held > budget)
      return `${shape.name} of ${size} took ${held.toFixed(0)} ms, and ${budget} are the most`;
    // Smaller ones may lie below a cap that bounds what grows.
    if (size < limit) continue;
    const quarter = shape.make(Math.floor(size / 4));
    const growth = (runs: number): { before: number; now: number } | undefined => {
      const before = bestOf(runs, 0.1, () => read(quarter)).whole;
      const most = FOURFOLD * Math.max(before, NOISE);
      const now = bestOf(runs, most, () => read(input)).whole;
      return now > most ? { before, now } : undefined;
    };
    // Beside other work the few runs of the one may all be slow where one of the other is not.
    const grown = growth(RUNS) && growth(3 * RUNS);
    if (grown)
      return `${shape.name} of ${size} took ${grown.now.toFixed(1)} ms, and a quarter of it ${grown.before.toFixed(1)} ms: it grows worse than linearly`;
  }
  return undefined;
}

/** All faults of a target that are found until it `isOver`; with `first`, from that shape on, so that another run tries others. */
export function faultsOf<T>(target: Target<T>, isOver: () => boolean = () => false, first = 0): string[] {
  const { name, shapes } = target;
  const faults: string[] = [];
  for (let i = 0; i < shapes.length && !isOver(); i++) {
    const shape = shapes[(first + i) % shapes.length];
    const fault = shape && faultOf(target, shape);
    if (fault !== undefined) faults.push(`${name}: ${fault}`);
  }
  return faults;
}
