import { say } from "../texts/said";
import type { Budget } from "./budget";
import { percentFormat } from "./format";
import { methodOf } from "./methods";
import { bounded, floorDivide, modulo, operand, power } from "./numbers";
import { str } from "./print";
import { indexIn } from "./search";
import {
  asNumber,
  DateTime,
  Dict,
  equal,
  iterate,
  Namespace,
  type PyValue,
  TemplateFault,
  TimeDelta,
  Tuple,
  typeName,
  Undefined,
  undefinedName,
} from "./values";

/** `of.name`: looks for a method or field first, then for a member of a dict, as Jinja does. */
export function memberOf(of: PyValue, name: string, budget: Budget): PyValue {
  if (of instanceof Undefined) throw of.fault();
  if (name.startsWith("__")) throw new TemplateFault(say("template.privateMember"));
  if (of instanceof Namespace) return of.members.get(name) ?? absent(of.members.has(name), name);
  budget.spend(1);
  const method = methodOf(of, name);
  if (method !== undefined) return method;
  return of instanceof Dict ? (of.get(name, budget) ?? absent(of.has(name, budget), name)) : absent(false, name);
}

/** `of[key]`: looks for a member of a dict or list first, then for a method. */
export function itemOf(of: PyValue, key: PyValue, budget: Budget): PyValue {
  if (of instanceof Undefined) throw of.fault();
  if (key instanceof Undefined && !(of instanceof Dict)) return new Undefined(say("template.undefinedIndex"));
  if (of instanceof Dict) {
    if (key instanceof Undefined) return new Undefined(say("template.undefinedKey"));
    if (of.has(key, budget)) return of.get(key, budget) ?? null;
    const method = typeof key === "string" ? methodOf(of, key) : undefined;
    return method ?? (typeof key === "string" ? undefinedName(key) : new Undefined(say("template.noKey")));
  }
  const index = typeof key === "bigint" || typeof key === "boolean" ? Number(key) : undefined;
  if (index !== undefined && (typeof of === "string" || Array.isArray(of) || of instanceof Tuple)) {
    const items = typeof of === "string" ? charactersOf(of, budget) : iterate(of, budget);
    const found = items[index < 0 ? items.length + index : index];
    return found ?? absent(found === null, `[${index}]`);
  }
  if (typeof key === "string") return memberOf(of, key, budget);
  return new Undefined(say("template.noIndex"));
}

const absent = (isNull: boolean, name: string): PyValue => (isNull ? null : undefinedName(name));

/** The code points of a text, as Python counts them. If all fit into 16 bits, the text itself can be indexed. */
function charactersOf(text: string, budget: Budget): string | PyValue[] {
  budget.look(text.length);
  return /[\ud800-\udfff]/.test(text) ? iterate(text, budget) : text;
}

export function contains(container: PyValue, item: PyValue, budget: Budget): boolean {
  budget.spend(1);
  if (container instanceof Undefined) return false;
  if (typeof container === "string") {
    if (typeof item !== "string") throw new TemplateFault(say("template.cannotLookFor", { type: typeName(item) }));
    budget.look(container.length + item.length);
    return indexIn(container, item) >= 0;
  }
  if (container instanceof Dict) return container.has(item, budget);
  return iterate(container, budget).some((one) => equal(one, item, budget));
}

const ITEMS_A_STEP = 8;
export function sliceOf(of: PyValue, from: PyValue, to: PyValue, step: PyValue, budget: Budget): PyValue {
  if (of instanceof Undefined) throw of.fault();
  const items = typeof of === "string" ? charactersOf(of, budget) : iterate(of, budget);
  const by = step === null ? 1 : indexOf(step);
  if (by === 0) throw new TemplateFault(say("template.sliceZero"));
  const { length } = items;
  const clamp = (v: PyValue, otherwise: number): number => {
    if (v === null) return otherwise;
    const i = indexOf(v);
    const at = i < 0 ? length + i : i;
    return by > 0 ? Math.min(Math.max(at, 0), length) : Math.min(Math.max(at, -1), length - 1);
  };
  const start = clamp(from, by > 0 ? 0 : length - 1);
  const end = clamp(to, by > 0 ? length : -1);
  if (typeof items === "string" && by === 1) {
    budget.make(Math.max(0, end - start));
    return items.slice(start, Math.max(start, end));
  }
  const size = Math.max(0, Math.ceil((end - start) / by));
  budget.spend(Math.ceil(size / ITEMS_A_STEP));
  budget.make(size);
  const made: PyValue[] = [];
  for (let i = start; by > 0 ? i < end : i > end; i += by) made.push(items[i] as PyValue);
  if (typeof of === "string") return made.join("");
  return of instanceof Tuple ? new Tuple(made) : made;
}

function indexOf(v: PyValue): number {
  const n = asNumber(v);
  if (typeof n !== "bigint") throw new TemplateFault(say("template.sliceWhole"));
  return Number(n);
}

export function negate(of: PyValue, sign: "-" | "+"): PyValue {
  if (of instanceof TimeDelta) return new TimeDelta(sign === "+" ? of.us : -of.us);
  const n = operand(of, sign);
  return sign === "+" ? n : typeof n === "bigint" ? -n : -n;
}

type Arithmetic = (a: PyValue, b: PyValue, budget: Budget) => PyValue;

/** Makes an operator that uses `whole` for two ints, and floating-point arithmetic if either operand is a float. */
const arithmetic =
  (sign: string, whole: (a: bigint, b: bigint) => bigint, real: (a: number, b: number) => number): Arithmetic =>
  (a, b) => {
    const x = operand(a, sign);
    const y = operand(b, sign);
    return typeof x === "bigint" && typeof y === "bigint" ? bounded(whole(x, y)) : real(Number(x), Number(y));
  };

const plus = arithmetic(
  "+",
  (a, b) => a + b,
  (a, b) => a + b,
);
const minus = arithmetic(
  "-",
  (a, b) => a - b,
  (a, b) => a - b,
);
const times = arithmetic(
  "*",
  (a, b) => a * b,
  (a, b) => a * b,
);

const later = ({ ms, offset }: DateTime, us: number): DateTime => new DateTime(ms + us / 1000, offset);

const BINARY: Record<string, Arithmetic> = {
  "+"(a, b, budget) {
    if (typeof a === "string" && typeof b === "string") {
      budget.make(a.length + b.length);
      return a + b;
    }
    if (Array.isArray(a) && Array.isArray(b)) {
      budget.spend(a.length + b.length);
      budget.make(a.length + b.length);
      return [...a, ...b];
    }
    if (a instanceof Tuple && b instanceof Tuple) {
      budget.spend(a.items.length + b.items.length);
      budget.make(a.items.length + b.items.length);
      return new Tuple([...a.items, ...b.items]);
    }
    if (a instanceof TimeDelta && b instanceof TimeDelta) return new TimeDelta(a.us + b.us);
    if (a instanceof DateTime && b instanceof TimeDelta) return later(a, b.us);
    if (a instanceof TimeDelta && b instanceof DateTime) return later(b, a.us);
    return plus(a, b, budget);
  },
  "-"(a, b, budget) {
    if (a instanceof DateTime && b instanceof DateTime) return new TimeDelta((a.ms - b.ms) * 1000);
    if (a instanceof DateTime && b instanceof TimeDelta) return later(a, -b.us);
    if (a instanceof TimeDelta && b instanceof TimeDelta) return new TimeDelta(a.us - b.us);
    return minus(a, b, budget);
  },
  "*"(a, b, budget) {
    if (a instanceof TimeDelta) return new TimeDelta(a.us * Number(operand(b, "*")));
    if (b instanceof TimeDelta) return new TimeDelta(b.us * Number(operand(a, "*")));
    const [list, count] = typeof a === "string" || Array.isArray(a) ? [a, b] : [b, a];
    if (typeof list !== "string" && !Array.isArray(list)) return times(a, b, budget);
    const n = Math.max(0, Number(operand(count, "*")));
    budget.make(n * list.length);
    if (typeof list !== "string") budget.spend(n * list.length);
    return typeof list === "string" ? list.repeat(n) : Array.from({ length: n }, () => list).flat();
  },
  "/"(a, b) {
    const spans = a instanceof TimeDelta && b instanceof TimeDelta;
    const y = spans ? b.us : Number(operand(b, "/"));
    const x = a instanceof TimeDelta ? a.us : Number(operand(a, "/"));
    if (y === 0) throw new TemplateFault(say("template.divisionByZero"));
    return a instanceof TimeDelta && !spans ? new TimeDelta(x / y) : x / y;
  },
  "//": (a, b) => floorDivide(operand(a, "//"), operand(b, "//")),
  "%"(a, b, budget) {
    if (typeof a === "string") return percentFormat(a, b, budget);
    const x = operand(a, "%");
    const y = operand(b, "%");
    return typeof x === "bigint" && typeof y === "bigint" ? modulo(x, y) : modulo(Number(x), Number(y));
  },
  "**": (a, b) => power(operand(a, "**"), operand(b, "**")),
  "~"(a, b, budget) {
    const left = str(a, budget);
    const right = str(b, budget);
    budget.make(left.length + right.length);
    return left + right;
  },
};

export function binary(sign: string, a: PyValue, b: PyValue, budget: Budget): PyValue {
  budget.spend(1);
  return (BINARY[sign] as Arithmetic)(a, b, budget);
}

export const SIGNS: readonly string[] = Object.keys(BINARY);
