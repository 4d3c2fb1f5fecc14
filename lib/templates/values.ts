import { type SaidText, say } from "../texts/said";
import type { Budget } from "./budget";

/**
 * Python's values in templates. An int is a bigint and a float is a number, so that 42.0 and 42 stay different as in Python
 * (Home Assistant prints "42.0" for the JSON text 42.0).
 */
export type PyValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | PyValue[]
  | Tuple
  | Dict
  | Namespace
  | Undefined
  | DateTime
  | TimeDelta
  | Callable;

/** An error in a template. The point keeps its old value. */
export class TemplateFault extends Error {
  constructor(readonly why: SaidText) {
    super(why.code);
  }
}

export class Tuple {
  constructor(readonly items: PyValue[]) {}
}

/** `namespace(...)`: the only object of an outer scope that a loop can change. */
export class Namespace {
  readonly members = new Map<string, PyValue>();
}

/** The value of an undefined name or member. It prints as an empty text; reading a member of it or calculating with it is a fault. */
export class Undefined {
  /** What a fault says of it. */
  constructor(readonly why: SaidText) {}
  fault(): TemplateFault {
    return new TemplateFault(this.why);
  }
}

const LONGEST_NAME = 60;
export const undefinedName = (name: string): Undefined =>
  new Undefined(say("template.undefined", { name: name.slice(0, LONGEST_NAME) }));

/** A moment, with the offset in which it is shown (minutes east of UTC). */
export class DateTime {
  constructor(
    readonly ms: number,
    readonly offset: number,
  ) {}
}

/** A span of time, in microseconds as Python counts it; whole, and within what a number holds exactly. */
export class TimeDelta {
  readonly us: number;
  constructor(us: number) {
    this.us = Math.round(us);
    if (!Number.isSafeInteger(this.us)) throw new TemplateFault(say("template.timeOutOfRange"));
  }
}

/** A function or a method of a value; never printed. */
export class Callable {
  constructor(
    readonly name: string,
    readonly call: (args: PyValue[], named: ReadonlyMap<string, PyValue>, budget: Budget) => PyValue,
  ) {}
}

/** A dict with Python's equality of keys: 1, 1.0 and True are the same key, and "1" is another. */
export class Dict {
  private readonly entries_ = new Map<string, [PyValue, PyValue]>();
  static of(pairs: Iterable<readonly [PyValue, PyValue]>, budget: Budget): Dict {
    const dict = new Dict();
    for (const [key, value] of pairs) dict.set(key, value, budget);
    return dict;
  }
  get size(): number {
    return this.entries_.size;
  }
  get(key: PyValue, budget: Budget): PyValue | undefined {
    return this.entries_.get(hash(key, budget))?.[1];
  }
  has(key: PyValue, budget: Budget): boolean {
    return this.entries_.has(hash(key, budget));
  }
  set(key: PyValue, value: PyValue, budget: Budget): void {
    const at = hash(key, budget);
    const there = this.entries_.get(at);
    if (there) there[1] = value;
    else this.entries_.set(at, [key, value]);
  }
  entries(): [PyValue, PyValue][] {
    return [...this.entries_.values()];
  }
}

/** The key for the internal map. Charged by length, because it reads the whole text, and a tuple may contain the same text many times. */
function hash(key: PyValue, budget: Budget): string {
  if (typeof key === "string") {
    budget.look(key.length);
    return `s${key}`;
  }
  if (key === null) return "n";
  const number = asNumber(key);
  if (number !== undefined) return `d${String(number)}`;
  if (key instanceof Tuple) {
    budget.spend(1 + key.items.length);
    const parts = key.items.map((item) => hash(item, budget));
    budget.make(parts.reduce((sum, part) => sum + part.length + 1, 0));
    return `t${parts.join("\u0000")}`;
  }
  throw new TemplateFault(say("template.dictKey", { type: typeName(key) }));
}

/** True counts as 1, as in Python. */
export const asNumber = (v: PyValue): bigint | number | undefined =>
  typeof v === "bigint" || typeof v === "number" ? v : typeof v === "boolean" ? (v ? 1n : 0n) : undefined;

export function truthy(v: PyValue): boolean {
  if (v === null || v instanceof Undefined) return false;
  if (typeof v === "boolean") return v;
  if (typeof v === "bigint") return v !== 0n;
  if (typeof v === "number") return v !== 0;
  if (typeof v === "string" || Array.isArray(v)) return v.length > 0;
  if (v instanceof Tuple) return v.items.length > 0;
  if (v instanceof Dict) return v.size > 0;
  if (v instanceof TimeDelta) return v.us !== 0;
  return true;
}

export function equal(a: PyValue, b: PyValue, budget: Budget): boolean {
  budget.spend(1);
  if (typeof a === "string" && typeof b === "string") {
    if (a.length !== b.length) return false;
    budget.look(a.length);
  }
  if (a === b) return true;
  if (a instanceof Undefined) return b instanceof Undefined;
  const x = asNumber(a);
  const y = asNumber(b);
  // biome-ignore lint/suspicious/noDoubleEquals: 1n == 1 compares ints and floats by value, as Python does.
  if (x !== undefined && y !== undefined) return x == y;
  if (Array.isArray(a) && Array.isArray(b)) return sameItems(a, b, budget);
  if (a instanceof Tuple && b instanceof Tuple) return sameItems(a.items, b.items, budget);
  if (a instanceof DateTime && b instanceof DateTime) return a.ms === b.ms;
  if (a instanceof TimeDelta && b instanceof TimeDelta) return a.us === b.us;
  if (a instanceof Dict && b instanceof Dict) {
    if (a.size !== b.size) return false;
    budget.spend(a.size);
    return a.entries().every(([k, v]) => b.has(k, budget) && equal(v, b.get(k, budget) as PyValue, budget));
  }
  return false;
}

const sameItems = (a: readonly PyValue[], b: readonly PyValue[], budget: Budget): boolean =>
  a.length === b.length && a.every((item, i) => equal(item, b[i] as PyValue, budget));

/** Returns a negative number, zero or a positive number; throws a fault if Python defines no order for the values. */
export function compare(a: PyValue, b: PyValue, budget: Budget): number {
  budget.spend(1);
  if (a instanceof Undefined) throw a.fault();
  if (b instanceof Undefined) throw b.fault();
  const x = asNumber(a);
  const y = asNumber(b);
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : 0;
  if (typeof a === "string" && typeof b === "string") {
    budget.look(Math.min(a.length, b.length));
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (a instanceof DateTime && b instanceof DateTime) return a.ms - b.ms;
  if (a instanceof TimeDelta && b instanceof TimeDelta) return a.us - b.us;
  const p = Array.isArray(a) ? a : a instanceof Tuple ? a.items : undefined;
  const q = Array.isArray(b) ? b : b instanceof Tuple ? b.items : undefined;
  if (p && q) {
    for (let i = 0; i < Math.min(p.length, q.length); i++) {
      const order = compare(p[i] as PyValue, q[i] as PyValue, budget);
      if (order !== 0) return order;
    }
    return p.length - q.length;
  }
  throw new TemplateFault(say("template.noOrder", { first: typeName(a), second: typeName(b) }));
}

/** Characters per step when iterating over a text, because each character becomes a separate text. */
const CHARACTERS_A_STEP = 8;

/** The items that a `for` iterates over; as in Jinja, undefined has none. */
export function iterate(v: PyValue, budget: Budget): PyValue[] {
  if (Array.isArray(v)) return v;
  if (v instanceof Tuple) return v.items;
  if (v instanceof Dict) {
    budget.spend(v.size);
    return v.entries().map(([key]) => key);
  }
  if (typeof v === "string") {
    budget.spend(Math.ceil(v.length / CHARACTERS_A_STEP));
    return [...v];
  }
  if (v instanceof Undefined) return [];
  throw new TemplateFault(say("template.notList", { type: typeName(v) }));
}

export function typeName(v: PyValue): string {
  if (v === null) return "None";
  if (Array.isArray(v)) return "list";
  if (typeof v !== "object")
    return { boolean: "bool", bigint: "int", number: "float", string: "str" }[typeof v as "string"] ?? typeof v;
  return v.constructor.name.toLowerCase();
}
