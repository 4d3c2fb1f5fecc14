import { say } from "../texts/said";
import { charged } from "./charge";
import type { Context } from "./context";
import { dateFilters } from "./filtersDate";
import { listFilters } from "./filtersList";
import { textFilters } from "./filtersText";
import { operand, roundHalfEven, toFloat, toInt } from "./numbers";
import { equal, iterate, type PyValue, TemplateFault, Tuple, truthy, Undefined } from "./values";

/** The first argument is the value that the filter is applied to. */
export type Filter = (args: PyValue[], named: ReadonlyMap<string, PyValue>, context: Context) => PyValue;

/** The argument by name or position; undefined if it was not given. */
const argument = (
  args: PyValue[],
  named: ReadonlyMap<string, PyValue>,
  name: string,
  place: number,
): PyValue | undefined => (named.has(name) ? (named.get(name) as PyValue) : args[place]);

/** The result of a number filter for a value that is not a number, as in Home Assistant: the default if there is one, else a fault. */
function otherwise(args: PyValue[], named: ReadonlyMap<string, PyValue>, place: number, name: string): PyValue {
  const given = argument(args, named, "default", place);
  if (given === undefined) throw new TemplateFault(say("template.noNumber", { name }));
  return given;
}

const ROUNDING: Record<string, (x: number, digits: number) => number> = {
  common: roundHalfEven,
  ceil: (x, digits) => Math.ceil(x * 10 ** digits) / 10 ** digits,
  floor: (x, digits) => Math.floor(x * 10 ** digits) / 10 ** digits,
  half: (x) => roundHalfEven(x * 2, 0) / 2,
};

/** `round(precision=0, method="common", default=…)`; with a precision of 0 the result is an int. */
const round: Filter = (args, named) => {
  const x = toFloat(args[0] ?? null);
  const precision = argument(args, named, "precision", 1) ?? 0n;
  const method = argument(args, named, "method", 2) ?? "common";
  if (x === undefined || typeof precision !== "bigint" || precision > 300n || precision < -300n)
    return otherwise(args, named, 3, "round");
  const made = ((typeof method === "string" ? ROUNDING[method] : undefined) ?? roundHalfEven)(x, Number(precision));
  if (precision !== 0n) return made;
  if (!Number.isFinite(made)) throw new TemplateFault(say("template.roundNotFinite"));
  return BigInt(Math.trunc(made));
};

/** Makes a filter that takes one number and returns a float. */
const real =
  (name: string, compute: (x: number) => number): Filter =>
  (args, named) => {
    const x = toFloat(args[0] ?? null);
    const made = x === undefined ? Number.NaN : compute(x);
    return Number.isNaN(made) ? otherwise(args, named, 1, name) : made;
  };

const pairwise =
  (sign: string, compute: (a: number, b: number) => number): Filter =>
  (args, named) => {
    const a = toFloat(args[0] ?? null);
    const b = toFloat(argument(args, named, "amount", 1) ?? null);
    if (a === undefined || b === undefined) return otherwise(args, named, 2, sign);
    return compute(a, b);
  };

const bits =
  (compute: (a: bigint, b: bigint) => bigint): Filter =>
  ([a, b]) => {
    const x = operand(a ?? null, "bitwise");
    const y = operand(b ?? null, "bitwise");
    if (typeof x !== "bigint" || typeof y !== "bigint") throw new TemplateFault(say("template.bitwise"));
    return compute(x, y);
  };

const numberFilters: Record<string, Filter> = {
  float: (args, named) => toFloat(args[0] ?? null) ?? otherwise(args, named, 1, "float"),
  int: (args, named) => toIntLoosely(args, named) ?? otherwise(args, named, 1, "int"),
  round,
  abs: ([v]) => {
    const n = operand(v ?? null, "abs");
    return n < 0 ? -n : n;
  },
  multiply: pairwise("multiply", (a, b) => a * b),
  add: pairwise("add", (a, b) => a + b),
  sqrt: real("sqrt", Math.sqrt),
  sin: real("sin", Math.sin),
  cos: real("cos", Math.cos),
  tan: real("tan", Math.tan),
  log: (args, named) => {
    const x = toFloat(args[0] ?? null);
    const base = argument(args, named, "base", 1);
    const b = base === undefined ? Math.E : toFloat(base);
    const made = x === undefined || b === undefined ? Number.NaN : Math.log(x) / Math.log(b);
    return Number.isNaN(made) ? otherwise(args, named, 2, "log") : made;
  },
  bitwise_and: bits((a, b) => a & b),
  bitwise_or: bits((a, b) => a | b),
  bitwise_xor: bits((a, b) => a ^ b),
  is_number: ([v]) => !(v instanceof Undefined) && Number.isFinite(toFloat(v ?? null) ?? Number.NaN),
  bool: (args, named) => {
    const [v] = args;
    const word = BOOLEANS.get(wordOf(v));
    if (word !== undefined) return word;
    const given = argument(args, named, "default", 1);
    if (given === undefined) throw new TemplateFault(say("template.noBoolean"));
    return given;
  },
};

/** No boolean word is longer. Longer texts and lists are not converted, because that takes time in proportion to their size. */
const LONGEST_WORD = 40;
function wordOf(v: PyValue | undefined): string {
  if (typeof v === "string") return v.length > LONGEST_WORD ? "" : v.trim().toLowerCase();
  return typeof v === "object" || v === undefined ? "" : String(v);
}

const BOOLEANS = new Map<string, boolean>([
  ...["1", "true", "yes", "on", "enable"].map((word) => [word, true] as const),
  ...["0", "false", "no", "off", "disable"].map((word) => [word, false] as const),
]);

/** Home Assistant's `int`, which also accepts a text with a fraction and truncates it. */
function toIntLoosely(args: PyValue[], named: ReadonlyMap<string, PyValue>): bigint | undefined {
  const base = argument(args, named, "base", 2);
  const value = args[0] ?? null;
  const exact = toInt(value, typeof base === "bigint" ? Number(base) : 10);
  if (exact !== undefined || base !== undefined) return exact;
  const real = toFloat(value);
  return real === undefined || !Number.isFinite(real) ? undefined : BigInt(Math.trunc(real));
}

const choiceFilters: Record<string, Filter> = {
  default(args, named) {
    const value = args[0] ?? null;
    const given = argument(args, named, "default_value", 1) ?? "";
    const alsoFalse = truthy(argument(args, named, "boolean", 2) ?? false);
    return value instanceof Undefined || (alsoFalse && !truthy(value)) ? given : value;
  },
  is_defined([v]) {
    if (v instanceof Undefined) throw v.fault();
    return v ?? null;
  },
  iif(args, named) {
    const value = args[0] ?? null;
    const yes = argument(args, named, "if_true", 1) ?? true;
    const no = argument(args, named, "if_false", 2) ?? false;
    const none = argument(args, named, "if_none", 3);
    if (value === null && none !== undefined) return none;
    return truthy(value) ? yes : no;
  },
  contains: ([list, item], _named, { budget }) =>
    iterate(list ?? null, budget).some((one) => equal(one, item ?? null, budget)),
  typeof: ([v]) => (v instanceof Tuple ? "tuple" : typeof v),
};

const ALIASES: readonly [string, string][] = [
  ["d", "default"],
  ["count", "length"],
  ["map_", "map"],
];

/** A regular expression counts its own steps; splitting or replacing by it copies the text once. */
const RATES = {
  free: (
    "default is_defined iif typeof abs multiply add sqrt sin cos tan log bitwise_and bitwise_or bitwise_xor bool average sum " +
    "max min first last map select reject selectattr rejectattr"
  ).split(" "),
  cheap: (
    "lower upper string trim safe length reverse replace truncate split join contains in regex_findall " +
    "regex_findall_index regex_replace regex_match regex_search list"
  ).split(" "),
};

const all = new Map<string, Filter>(
  Object.entries(
    charged<Parameters<Filter>, PyValue>(
      { ...numberFilters, ...choiceFilters, ...textFilters, ...listFilters, ...dateFilters },
      RATES,
      (args, named, { budget }) => ({ budget, given: [...args, ...named.values()] }),
    ),
  ),
);
for (const [alias, name] of ALIASES) if (all.has(name)) all.set(alias, all.get(name) as Filter);

/** All filters by name: those of Jinja and Home Assistant that discovery configs use. */
export const filters: ReadonlyMap<string, Filter> = all;
