import { say } from "../texts/said";
import { charged } from "./charge";
import type { Context } from "./context";
import { matches } from "./filtersText";
import { toFloat } from "./numbers";
import { contains } from "./operators";
import {
  asNumber,
  Callable,
  compare,
  DateTime,
  Dict,
  equal,
  type PyValue,
  TemplateFault,
  Tuple,
  Undefined,
} from "./values";

export type Test = (args: PyValue[], context: Context) => boolean;

const NONE: ReadonlyMap<string, PyValue> = new Map();
const order =
  (holds: (order: number) => boolean): Test =>
  ([a, b], { budget }) =>
    holds(compare(a ?? null, b ?? null, budget));
const rest = (a: PyValue | undefined, b: bigint): bigint => {
  const n = asNumber(a ?? null);
  if (n === undefined || b === 0n || (typeof n === "number" && !Number.isInteger(n)))
    throw new TemplateFault(say("template.evenOdd"));
  return BigInt(n) % b;
};
const isIterable = (v: PyValue | undefined): boolean =>
  typeof v === "string" || Array.isArray(v) || v instanceof Tuple || v instanceof Dict || v instanceof Undefined;

const named: Record<string, Test> = {
  defined: ([v]) => !(v instanceof Undefined),
  undefined: ([v]) => v instanceof Undefined,
  none: ([v]) => v === null,
  string: ([v]) => typeof v === "string",
  number: ([v]) => asNumber(v ?? null) !== undefined,
  integer: ([v]) => typeof v === "bigint",
  float: ([v]) => typeof v === "number",
  boolean: ([v]) => typeof v === "boolean",
  true: ([v]) => v === true,
  false: ([v]) => v === false,
  mapping: ([v]) => v instanceof Dict,
  list: ([v]) => Array.isArray(v),
  tuple: ([v]) => v instanceof Tuple,
  datetime: ([v]) => v instanceof DateTime,
  string_like: ([v]) => typeof v === "string",
  callable: ([v]) => v instanceof Callable,
  iterable: ([v]) => isIterable(v),
  sequence: ([v]) => isIterable(v),
  lower: ([v]) => typeof v === "string" && v === v.toLowerCase(),
  upper: ([v]) => typeof v === "string" && v === v.toUpperCase(),
  even: ([v]) => rest(v, 2n) === 0n,
  odd: ([v]) => rest(v, 2n) !== 0n,
  divisibleby: ([v, by]) => rest(v, typeof by === "bigint" ? by : 0n) === 0n,
  eq: ([a, b], { budget }) => equal(a ?? null, b ?? null, budget),
  ne: ([a, b], { budget }) => !equal(a ?? null, b ?? null, budget),
  lt: order((o) => o < 0),
  le: order((o) => o <= 0),
  gt: order((o) => o > 0),
  ge: order((o) => o >= 0),
  sameas: ([a, b], { budget }) => (typeof a === "string" ? equal(a, b ?? null, budget) : a === b),
  in: ([item, list], { budget }) => contains(list ?? null, item ?? null, budget),
  contains: ([list, item], { budget }) => contains(list ?? null, item ?? null, budget),
  is_number: ([v]) => !(v instanceof Undefined) && Number.isFinite(toFloat(v ?? null) ?? Number.NaN),
  match: (args, context) => matches("match")(args, NONE, context),
  search: (args, context) => matches("search")(args, NONE, context),
};

const ALIASES: readonly [string, string][] = [
  ["equalto", "eq"],
  ["==", "eq"],
  ["!=", "ne"],
  ["lessthan", "lt"],
  ["<", "lt"],
  ["<=", "le"],
  ["greaterthan", "gt"],
  [">", "gt"],
  [">=", "ge"],
  ["None", "none"],
  ["True", "true"],
  ["False", "false"],
];

const RATES = {
  free: (
    "defined undefined none string number integer float boolean true false mapping list tuple datetime string_like callable " +
    "iterable sequence even odd divisibleby eq ne lt le gt ge sameas in contains"
  ).split(" "),
  cheap: "lower upper match search".split(" "),
};

const all = new Map<string, Test>(
  Object.entries(charged<Parameters<Test>, boolean>(named, RATES, (args, { budget }) => ({ budget, given: args }))),
);
for (const [alias, name] of ALIASES) all.set(alias, all.get(name) as Test);

/** All tests by name, as in `x is defined`. */
export const tests: ReadonlyMap<string, Test> = all;
