import type { Budget } from "./budget";
import type { PyValue } from "./values";

/** The state that the functions of one rendering share. */
export interface Context {
  readonly budget: Budget;
  /** The time that `now()` returns (epoch ms), and the offset of local time from UTC (minutes, positive to the east). */
  readonly now: number;
  readonly offset: number;
  /** Applies a filter or test by its name; list filters such as `map` and `select` use this. Throws if the name is unknown. */
  applyFilter(name: string, args: PyValue[], named: ReadonlyMap<string, PyValue>): PyValue;
  applyTest(name: string, args: PyValue[]): boolean;
}
