import type { Budget } from "./budget";
import { Dict, type PyValue, Tuple } from "./values";

/**
 * The one place where the input of filters, tests, methods and functions is charged to the budget. `charged` wraps a whole table, so a
 * new entry is charged at the highest rate until it is listed at a lower one. A function that reads its input more than once (a sort, a
 * regular expression, a comparison of nested values) charges the additional work itself.
 */
export type Rate = "dear" | "cheap" | "free";

/** Steps for each call, regardless of its input: the call, its arguments, and a short text or number as the result. */
const BASE: Record<Rate, number> = { dear: 8, cheap: 3, free: 1 };
/** The number of characters or items that cost one step. */
const CHARACTERS: Record<Rate, number> = { dear: 4, cheap: 64, free: Number.POSITIVE_INFINITY };
const ITEMS: Record<Rate, number> = { dear: 2, cheap: 8, free: Number.POSITIVE_INFINITY };

function charge(budget: Budget, rate: Rate, given: readonly (PyValue | undefined)[]): void {
  let steps = BASE[rate];
  for (const value of given) {
    if (typeof value === "string") steps += value.length / CHARACTERS[rate];
    else if (Array.isArray(value)) steps += value.length / ITEMS[rate];
    else if (value instanceof Tuple) steps += value.items.length / ITEMS[rate];
    else if (value instanceof Dict) steps += value.size / ITEMS[rate];
  }
  budget.spend(Math.ceil(steps));
}

export interface Rates {
  /** Reads only the kind, the length or one member of its input. */
  free: readonly string[];
  /** Reads each character or item once, by a built-in function of the engine. */
  cheap: readonly string[];
}

function rateOf(rates: Rates): (name: string) => Rate {
  const free = new Set(rates.free);
  const cheap = new Set(rates.cheap);
  return (name) => (free.has(name) ? "free" : cheap.has(name) ? "cheap" : "dear");
}

/** Wraps a table of functions so that each call is charged before it runs. */
export function charged<A extends readonly unknown[], R>(
  table: Readonly<Record<string, (...args: A) => R>>,
  rates: Rates,
  cost: (...args: A) => { budget: Budget; given: readonly (PyValue | undefined)[] },
): Record<string, (...args: A) => R> {
  const rate = rateOf(rates);
  return Object.fromEntries(
    Object.entries(table).map(([name, run]) => {
      const at = rate(name);
      const paying = (...args: A): R => {
        const { budget, given } = cost(...args);
        charge(budget, at, given);
        return run(...args);
      };
      return [name, paying];
    }),
  );
}
