import { type SaidText, say } from "../texts/said";
import type { Budget } from "./budget";
import type { Context } from "./context";
import type { Filter } from "./filters";
import { dictOf } from "./methods";
import { binary, contains, itemOf } from "./operators";
import { compare, Dict, iterate, type PyValue, TemplateFault, Tuple, truthy, Undefined } from "./values";

/** The items of a list, charged to the budget, so that walking a list of lists ends. */
function items(v: PyValue | undefined, { budget }: Context): PyValue[] {
  const list = iterate(v ?? null, budget);
  budget.spend(list.length);
  budget.make(list.length);
  return list;
}

const LONGEST_ATTRIBUTE = 200;
/** The member that `attribute="a.b"` or `attribute=1` names. */
function attributeOf(item: PyValue, attribute: PyValue, budget: Budget): PyValue {
  if (typeof attribute !== "string") return itemOf(item, attribute, budget);
  if (attribute.length > LONGEST_ATTRIBUTE) throw new TemplateFault(say("template.attributeTooLong"));
  budget.spend(1 + attribute.length);
  return attribute
    .split(".")
    .reduce<PyValue>((at, name) => itemOf(at, /^\d{1,9}$/.test(name) ? BigInt(name) : name, budget), item);
}

function nameOf(v: PyValue | undefined): string {
  if (typeof v !== "string") throw new TemplateFault(say("template.namedByText"));
  return v;
}

const chosen =
  (byAttribute: boolean, wanted: boolean): Filter =>
  (args, _named, context) => {
    const rest = args.slice(byAttribute ? 2 : 1);
    const [test, ...params] = rest;
    return items(args[0], context).filter((item) => {
      const value = byAttribute ? attributeOf(item, args[1] ?? null, context.budget) : item;
      const passes = test === undefined ? truthy(value) : context.applyTest(nameOf(test), [value, ...params]);
      return passes === wanted;
    });
  };

const extreme =
  (sign: 1 | -1): Filter =>
  (args, named, context) => {
    const list = args.length > 1 ? args : items(args[0], context);
    const by = named.get("attribute");
    const key = (v: PyValue): PyValue => (by === undefined ? v : attributeOf(v, by, context.budget));
    const [first, ...rest] = list;
    if (first === undefined) return new Undefined(say("template.extremeOfNothing"));
    return rest.reduce((best, item) => (sign * compare(key(item), key(best), context.budget) > 0 ? item : best), first);
  };
const max = extreme(1);
const min = extreme(-1);

export const listFilters: Record<string, Filter> = {
  list: ([v], _named, context) => [...items(v, context)],
  length([v], _named, context) {
    if (v instanceof Dict) return BigInt(v.size);
    if (typeof v === "string" && !/[\ud800-\udfff]/.test(v)) return BigInt(v.length);
    return BigInt(iterate(v ?? null, context.budget).length);
  },
  first: ([v], _named, context) => items(v, context)[0] ?? new Undefined(say("template.firstOfNothing")),
  last: ([v], _named, context) => items(v, context).at(-1) ?? new Undefined(say("template.lastOfNothing")),
  reverse([v], _named, context) {
    const list = [...items(v, context)].reverse();
    return typeof v === "string" ? list.join("") : list;
  },
  sort(args, named, context) {
    const by = named.get("attribute") ?? args[3];
    const key = (v: PyValue): PyValue => {
      const at = by === undefined || by === null ? v : attributeOf(v, by, context.budget);
      return typeof at === "string" && !truthy(named.get("case_sensitive") ?? false) ? folded(at, context.budget) : at;
    };
    const sorted = [...items(args[0], context)].sort((a, b) => {
      return compare(key(a), key(b), context.budget);
    });
    return truthy(named.get("reverse") ?? args[1] ?? false) ? sorted.reverse() : sorted;
  },
  unique: ([v], _named, context) =>
    Dict.of(
      items(v, context).map((item) => [item, null] as const),
      context.budget,
    )
      .entries()
      .map(([k]) => k),
  sum: (args, named, context) =>
    items(args[0], context).reduce<PyValue>((sum, item) => {
      const by = named.get("attribute") ?? args[1];
      return binary("+", sum, by === undefined ? item : attributeOf(item, by, context.budget), context.budget);
    }, named.get("start") ?? 0n),
  average(args, named, context) {
    const list = items(args[0], context);
    if (list.length === 0) return named.get("default") ?? fault(say("template.averageOfNothing"));
    const sum = list.reduce<PyValue>((a, b) => binary("+", a, b, context.budget), 0n);
    return binary("/", sum, BigInt(list.length), context.budget);
  },
  max,
  min,
  map(args, named, context) {
    const by = named.get("attribute");
    const [list, filter, ...params] = args;
    return items(list, context).map((item) => {
      if (by === undefined) return context.applyFilter(nameOf(filter), [item, ...params], named);
      const found = attributeOf(item, by, context.budget);
      return found instanceof Undefined && named.has("default") ? (named.get("default") as PyValue) : found;
    });
  },
  select: chosen(false, true),
  reject: chosen(false, false),
  selectattr: chosen(true, true),
  rejectattr: chosen(true, false),
  dictsort: ([v], _named, context) =>
    dict(v)
      .entries()
      .sort(([a], [b]) => {
        return compare(a, b, context.budget);
      })
      .map((pair) => new Tuple(pair)),
  items: ([v]) =>
    v instanceof Undefined
      ? []
      : dict(v)
          .entries()
          .map((pair) => new Tuple(pair)),
  combine: (args, _named, context) =>
    Dict.of(
      args.flatMap((one) => dict(one).entries()),
      context.budget,
    ),
  zip: (args, _named, context) => zip(args, context),
  in: ([item, list], _named, context) => contains(list ?? null, item ?? null, context.budget),
  batch(args, _named, context) {
    const list = items(args[0], context);
    const size = Number(args[1] ?? 1n);
    if (!(size >= 1)) throw new TemplateFault(say("template.emptyBatch"));
    return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
  },
  dict: ([v], _named, context) => dictOf(v ?? null, context.budget),
};

/** Text in lower case; a sort calls this twice for each comparison. */
function folded(text: string, budget: Budget): string {
  budget.spend(Math.ceil(text.length / 16));
  return text.toLowerCase();
}

const fault = (why: SaidText): never => {
  throw new TemplateFault(why);
};
function dict(v: PyValue | undefined): Dict {
  if (!(v instanceof Dict)) throw new TemplateFault(say("template.needsDict"));
  return v;
}

export function zip(lists: PyValue[], context: Context): PyValue[] {
  const all = lists.map((list) => items(list, context));
  const length = all.length === 0 ? 0 : Math.min(...all.map((list) => list.length));
  return Array.from({ length }, (_, i) => new Tuple(all.map((list) => list[i] as PyValue)));
}
