import type { Budget } from "./budget";
import type { PyValue } from "./values";

/** What one rendering works with. */
export interface Context {
  readonly budget: Budget;
  /** What `now()` is (epoch ms), and how far local time is ahead of UTC (minutes). */
  readonly now: number;
  readonly offset: number;
  /** A filter or test by name; those of lists (`map`, `select`) apply others. Throws where it is not known. */
  applyFilter(name: string, args: PyValue[], named: ReadonlyMap<string, PyValue>): PyValue;
  applyTest(name: string, args: PyValue[]): boolean;
}
