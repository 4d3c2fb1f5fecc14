import type { Budget } from "./budget";
import { Dict, type PyValue, Tuple } from "./values";

/**
 * The one place where filters, tests, methods and functions pay for what they are given: `charged` wraps each table as a whole, so that
 * a new entry pays as the dearest kind until it is named as a cheaper one. What takes more than one look at its input (a sort, a
 * regular expression, a comparison of what is nested) pays for the rest itself.
 */
export type Rate = "dear" | "cheap" | "free";

/** Steps for each call, whatever it is given: the call, its arguments, and a short text or number that is made. */
const BASE: Record<Rate, number> = { dear: 8, cheap: 3, free: 1 };
/** Characters and items for one step. */
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
  /** Looks at nothing of its input but its kind, its length or one member. */
  free: string;
  /** Looks once at each character or item, by the engine's own means. */
  cheap: string;
}

function rateOf(rates: Rates): (name: string) => Rate {
  const free = new Set(rates.free.split(" "));
  const cheap = new Set(rates.cheap.split(" "));
  return (name) => (free.has(name) ? "free" : cheap.has(name) ? "cheap" : "dear");
}

/** A table whose entries pay before they run. */
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
