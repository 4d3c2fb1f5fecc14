import { bestOf } from "./cpu";
import type { Shape } from "./shapes";
import { HELD, type Target } from "./target";

/** Below this, an input costs too little to mind. */
const FLOOR = 12;
/** Below this, what is measured is noise of the machine. */
const NOISE = 3;
/** Four times the input may take up to this many times as long: linear growth, its garbage collection and its noise. */
const FOURFOLD = 15;
const RUNS = 3;

/**
 * Why an input of this shape costs too much; undefined where it does not. From small sizes to the largest that is read, so that worse
 * than linear growth is found while it is still short.
 */
export function faultOf<T>(target: Target<T>, shape: Shape<T>): string | undefined {
  const { limit, budget = HELD, read } = target;
  for (const size of [limit / 64, limit / 8, limit].map(Math.floor)) {
    const input = shape.make(size);
    const ms = bestOf(RUNS, FLOOR, () => void read(input));
    if (ms <= FLOOR) continue;
    if (ms > budget) return `${shape.name} of ${size} took ${ms.toFixed(0)} ms, and ${budget} are the most`;
    // Smaller ones may lie below a cap that bounds what grows.
    if (size < limit) continue;
    const quarter = shape.make(Math.floor(size / 4));
    const before = bestOf(RUNS, 0.1, () => void read(quarter));
    if (ms > FOURFOLD * Math.max(before, NOISE))
      return `${shape.name} of ${size} took ${ms.toFixed(1)} ms, and a quarter of it ${before.toFixed(1)} ms: it grows worse than linearly`;
  }
  return undefined;
}

/** All faults of a target; `only` chooses among its shapes. */
export const faultsOf = <T>(target: Target<T>, only: (name: string) => boolean = () => true): string[] =>
  target.shapes
    .filter(({ name }) => only(name))
    .flatMap((shape) => {
      const fault = faultOf(target, shape);
      return fault === undefined ? [] : [`${target.name}: ${fault}`];
    });
