import type { Context } from "./context";
import type { Filter } from "./filters";
import { dictOf } from "./methods";
import { binary, contains, itemOf } from "./operators";
import { compare, Dict, iterate, type PyValue, TemplateFault, Tuple, truthy, Undefined } from "./values";

/** Each step of a list filter costs, so that a list of lists cannot be walked for ever. */
function items(v: PyValue | undefined, { budget }: Context): PyValue[] {
  const list = iterate(v ?? null);
  budget.spend(list.length);
  budget.make(list.length);
  return list;
}

/** `attribute="a.b"` or `attribute=1`. */
function attributeOf(item: PyValue, attribute: PyValue): PyValue {
  if (typeof attribute !== "string") return itemOf(item, attribute);
  return attribute.split(".").reduce<PyValue>((at, name) => itemOf(at, /^\d+$/.test(name) ? BigInt(name) : name), item);
}

const chosen =
  (byAttribute: boolean, wanted: boolean): Filter =>
  (args, _named, context) => {
    const rest = args.slice(byAttribute ? 2 : 1);
    const [test, ...params] = rest;
    return items(args[0], context).filter((item) => {
      const value = byAttribute ? attributeOf(item, args[1] ?? null) : item;
      const passes = test === undefined ? truthy(value) : context.applyTest(String(test), [value, ...params]);
      return passes === wanted;
    });
  };

const extreme =
  (sign: 1 | -1): Filter =>
  (args, named, context) => {
    const list = args.length > 1 ? args : items(args[0], context);
    const by = named.get("attribute");
    const key = (v: PyValue): PyValue => (by === undefined ? v : attributeOf(v, by));
    const [first, ...rest] = list;
    if (first === undefined) return new Undefined("the least or greatest of nothing");
    return rest.reduce((best, item) => (sign * compare(key(item), key(best)) > 0 ? item : best), first);
  };
export const max = extreme(1);
export const min = extreme(-1);

export const listFilters: Record<string, Filter> = {
  list: ([v], _named, context) => [...items(v, context)],
  length([v]) {
    if (v instanceof Dict) return BigInt(v.size);
    return BigInt(iterate(v ?? null).length);
  },
  first: ([v], _named, context) => items(v, context)[0] ?? new Undefined("the first of nothing"),
  last: ([v], _named, context) => items(v, context).at(-1) ?? new Undefined("the last of nothing"),
  reverse([v], _named, context) {
    const list = [...items(v, context)].reverse();
    return typeof v === "string" ? list.join("") : list;
  },
  sort(args, named, context) {
    const by = named.get("attribute") ?? args[3];
    const key = (v: PyValue): PyValue => {
      const at = by === undefined || by === null ? v : attributeOf(v, by);
      return typeof at === "string" && !truthy(named.get("case_sensitive") ?? false) ? at.toLowerCase() : at;
    };
    const sorted = [...items(args[0], context)].sort((a, b) => {
      context.budget.spend(1);
      return compare(key(a), key(b));
    });
    return truthy(named.get("reverse") ?? args[1] ?? false) ? sorted.reverse() : sorted;
  },
  unique: ([v], _named, context) =>
    Dict.of(items(v, context).map((item) => [item, null] as const))
      .entries()
      .map(([k]) => k),
  sum: (args, named, context) =>
    items(args[0], context).reduce<PyValue>((sum, item) => {
      const by = named.get("attribute") ?? args[1];
      return binary("+", sum, by === undefined ? item : attributeOf(item, by), context.budget);
    }, named.get("start") ?? 0n),
  average(args, named, context) {
    const list = items(args[0], context);
    if (list.length === 0) return named.get("default") ?? fault("the average of nothing");
    const sum = list.reduce<PyValue>((a, b) => binary("+", a, b, context.budget), 0n);
    return binary("/", sum, BigInt(list.length), context.budget);
  },
  max,
  min,
  map(args, named, context) {
    const by = named.get("attribute");
    const [list, filter, ...params] = args;
    return items(list, context).map((item) => {
      if (by === undefined) return context.applyFilter(String(filter), [item, ...params], named);
      const found = attributeOf(item, by);
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
        context.budget.spend(1);
        return compare(a, b);
      })
      .map((pair) => new Tuple(pair)),
  items: ([v]) =>
    v instanceof Undefined
      ? []
      : dict(v)
          .entries()
          .map((pair) => new Tuple(pair)),
  combine: (args) => Dict.of(args.flatMap((one) => dict(one).entries())),
  zip: (args, _named, context) => zip(args, context),
  in: ([item, list]) => contains(list ?? null, item ?? null),
  batch(args, _named, context) {
    const list = items(args[0], context);
    const size = Number(args[1] ?? 1n);
    if (!(size >= 1)) throw new TemplateFault("a batch has at least one item");
    return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
  },
  dict: ([v]) => dictOf(v ?? null),
};

const fault = (why: string): never => {
  throw new TemplateFault(why);
};
function dict(v: PyValue | undefined): Dict {
  if (!(v instanceof Dict)) throw new TemplateFault("a dict is needed");
  return v;
}

export function zip(lists: PyValue[], context: Context): PyValue[] {
  const all = lists.map((list) => items(list, context));
  const length = all.length === 0 ? 0 : Math.min(...all.map((list) => list.length));
  return Array.from({ length }, (_, i) => new Tuple(all.map((list) => list[i] as PyValue)));
}
