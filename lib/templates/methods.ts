import { say } from "../texts/said";
import { type Budget, UNCOUNTED } from "./budget";
import { charged, type Rates } from "./charge";
import { formatDate, partsOf, strftime } from "./dates";
import { str } from "./print";
import { indexIn, splitBy } from "./search";
import {
  Callable,
  DateTime,
  Dict,
  equal,
  iterate,
  type PyValue,
  TemplateFault,
  TimeDelta,
  Tuple,
  typeName,
} from "./values";

type Method<T> = (self: T, args: PyValue[], budget: Budget) => PyValue;

const CHEAP_TEXT_METHODS = (
  "lower casefold upper strip lstrip rstrip split rsplit partition replace startswith endswith find count removeprefix " +
  "removesuffix rjust ljust join"
).split(" ");

/** Charges for the value itself as well as for the arguments of its method. */
const paying = <T extends PyValue>(rates: Rates, table: Record<string, Method<T>>): Record<string, Method<T>> =>
  charged<[T, PyValue[], Budget], PyValue>(table, rates, (self, args, budget) => ({ budget, given: [self, ...args] }));

/** What a method needs as a text: the branches of the text template.mustBeText. */
type TextPart =
  | "stripped"
  | "separator"
  | "sought"
  | "replaced"
  | "replacement"
  | "counted"
  | "prefix"
  | "suffix"
  | "joined"
  | "padding"
  | "format"
  | "between";
const text = (v: PyValue | undefined, what: TextPart): string => {
  if (typeof v !== "string") throw new TemplateFault(say("template.mustBeText", { what, type: typeName(v ?? null) }));
  return v;
};
const whole = (v: PyValue | undefined, otherwise: number): number => {
  if (v === undefined || v === null) return otherwise;
  if (typeof v !== "bigint") throw new TemplateFault(say("template.wholeNeeded"));
  return Number(v);
};

function stripped(s: string, chars: PyValue | undefined, side: "both" | "left" | "right", budget: Budget): string {
  if (chars === undefined || chars === null)
    return side === "both" ? s.trim() : side === "left" ? s.trimStart() : s.trimEnd();
  // Each call builds a set of these characters.
  budget.spend(text(chars, "stripped").length);
  const set = new Set(text(chars, "stripped"));
  let start = 0;
  let end = s.length;
  if (side !== "right") while (start < end && set.has(s[start] as string)) start++;
  if (side !== "left") while (end > start && set.has(s[end - 1] as string)) end--;
  return s.slice(start, end);
}

function split(s: string, by: PyValue | undefined, limit: number, budget: Budget): string[] {
  budget.make(s.length);
  if (by === undefined || by === null) {
    const words = s.trim() === "" ? [] : s.trim().split(/\s+/);
    if (limit < 0 || words.length <= limit) return words;
    const rest = s.trimStart().match(new RegExp(`^(?:\\S+\\s+){${Math.min(limit, 1000)}}`))?.[0].length ?? 0;
    return [...words.slice(0, limit), s.trimStart().slice(rest)];
  }
  const mark = text(by, "separator");
  if (mark === "") throw new TemplateFault(say("template.splitEmpty"));
  const parts = splitBy(s, mark);
  budget.make(parts.length);
  budget.spend(Math.ceil(parts.length / 4));
  return limit < 0 || parts.length <= limit + 1 ? parts : [...parts.slice(0, limit), parts.slice(limit).join(mark)];
}

export const title = (s: string): string =>
  s.toLowerCase().replace(/\p{L}+/gu, (word) => (word[0] ?? "").toUpperCase() + word.slice(1));
export const capitalize = (s: string): string => s.slice(0, 1).toUpperCase() + s.slice(1).toLowerCase();

const padded =
  (fill: (s: string, width: number, char: string) => string): Method<string> =>
  (s, [width, char], budget) => {
    budget.make(whole(width, 0));
    return fill(s, whole(width, 0), char === undefined ? " " : text(char, "padding"));
  };
const any = (list: PyValue | undefined, budget: Budget, hit: (part: string) => boolean): boolean =>
  (list instanceof Tuple ? list.items : [list]).some((part) => {
    const sought = text(part, "sought");
    budget.look(sought.length);
    return hit(sought);
  });

const STRING: Record<string, Method<string>> = paying<string>(
  { free: [], cheap: CHEAP_TEXT_METHODS },
  {
    lower: (s) => s.toLowerCase(),
    casefold: (s) => s.toLowerCase(),
    upper: (s) => s.toUpperCase(),
    title,
    capitalize,
    strip: (s, [chars], budget) => stripped(s, chars, "both", budget),
    lstrip: (s, [chars], budget) => stripped(s, chars, "left", budget),
    rstrip: (s, [chars], budget) => stripped(s, chars, "right", budget),
    split: (s, [by, limit], budget) => split(s, by, whole(limit, -1), budget),
    rsplit(s, [by, limit], budget) {
      const parts = split(s, by, -1, budget);
      const n = whole(limit, -1);
      if (n < 0 || parts.length <= n + 1) return parts;
      const mark = typeof by === "string" ? by : " ";
      return [parts.slice(0, parts.length - n).join(mark), ...parts.slice(parts.length - n)];
    },
    splitlines: (s, _args, budget) => split(s.replace(/\r\n?/g, "\n").replace(/\n$/, ""), "\n", -1, budget),
    partition(s, [by]) {
      const mark = text(by, "separator");
      const at = indexIn(s, mark);
      return new Tuple(at < 0 ? [s, "", ""] : [s.slice(0, at), mark, s.slice(at + mark.length)]);
    },
    replace(s, [from, to, limit], budget) {
      const mark = text(from, "replaced");
      const made = replaceText(s, mark, text(to, "replacement"), whole(limit, -1), budget);
      return made;
    },
    startswith: (s, [part], budget) => any(part, budget, (p) => s.startsWith(p)),
    endswith: (s, [part], budget) => any(part, budget, (p) => s.endsWith(p)),
    find: (s, [part]) => BigInt(indexIn(s, text(part, "sought"))),
    count(s, [part], budget) {
      const sought = text(part, "counted");
      // An empty text occurs before each character and after the last one.
      if (sought === "") return BigInt(s.length + 1);
      budget.spend(Math.ceil(s.length / 16));
      return BigInt(splitBy(s, sought).length - 1);
    },
    removeprefix: (s, [p]) => (s.startsWith(text(p, "prefix")) ? s.slice(text(p, "prefix").length) : s),
    removesuffix: (s, [p]) =>
      text(p, "suffix") !== "" && s.endsWith(text(p, "suffix")) ? s.slice(0, s.length - text(p, "suffix").length) : s,
    zfill: (s, [width], budget) => {
      budget.make(whole(width, 0));
      return s.replace(
        /^([+-]?)(.*)$/s,
        (_, sign: string, rest: string) => sign + rest.padStart(whole(width, 0) - sign.length, "0"),
      );
    },
    rjust: padded((s, width, char) => s.padStart(width, char)),
    ljust: padded((s, width, char) => s.padEnd(width, char)),
    isdigit: (s) => /^\p{Nd}+$/u.test(s),
    isnumeric: (s) => /^\p{N}+$/u.test(s),
    isdecimal: (s) => /^\p{Nd}+$/u.test(s),
    isalpha: (s) => /^\p{L}+$/u.test(s),
    isalnum: (s) => /^[\p{L}\p{N}]+$/u.test(s),
    isupper: (s) => s !== s.toLowerCase() && s === s.toUpperCase(),
    islower: (s) => s !== s.toUpperCase() && s === s.toLowerCase(),
    join(s, [list], budget) {
      const items = iterate(list ?? null, budget);
      budget.spend(items.length);
      const parts = items.map((part) => text(part, "joined"));
      budget.make(parts.reduce((sum, part) => sum + part.length + s.length, 0));
      return parts.join(s);
    },
    format(s, args, budget) {
      let next = 0;
      const made = s.replace(/\{(\d*)(?::([^{}]*))?\}/g, (_, index: string, spec?: string) => {
        const value = args[index === "" ? next++ : Number(index)];
        if (value === undefined) throw new TemplateFault(say("template.formatFewValues"));
        return spec ? formatSpec(value, spec, budget) : str(value, budget);
      });
      budget.make(made.length);
      return made;
    },
  },
);

export function replaceText(s: string, from: string, to: string, limit: number, budget: Budget): string {
  if (from === "") return s;
  const parts = splitBy(s, from);
  budget.spend(Math.ceil(parts.length / 4));
  budget.make(s.length + parts.length * to.length);
  if (limit < 0 || parts.length <= limit + 1) return parts.join(to);
  return parts.slice(0, limit + 1).join(to) + from + parts.slice(limit + 1).join(from);
}

/** The part of Python's format specification that templates use for numbers: `.1f`, `02d`, `x`. */
function formatSpec(value: PyValue, spec: string, budget: Budget): string {
  const m = /^(0?)(\d{0,3})(?:\.(\d{1,2}))?([dfxXs%]?)$/.exec(spec);
  if (!m) throw new TemplateFault(say("template.formatSpec", { spec: spec.slice(0, 20) }));
  const [, zero = "", width = "", digits, kind] = m;
  let made = str(value, budget);
  if (typeof value === "bigint" || typeof value === "number") {
    if (kind === "f") made = Number(value).toFixed(digits === undefined ? 6 : Number(digits));
    else if (kind === "%") made = `${(Number(value) * 100).toFixed(digits === undefined ? 6 : Number(digits))}%`;
    else if (kind === "x") made = BigInt(value).toString(16);
    else if (kind === "X") made = BigInt(value).toString(16).toUpperCase();
    return zero
      ? ((STRING.zfill as Method<string>)(made, [BigInt(width || 0)], budget) as string)
      : made.padStart(Number(width));
  }
  return made.padEnd(Number(width));
}

const DICT = paying<Dict>(
  { free: ["get"], cheap: [] },
  {
    get: (d, [key, otherwise], budget) =>
      d.has(key ?? null, budget) ? (d.get(key ?? null, budget) ?? null) : (otherwise ?? null),
    keys: (d, _args, budget) => iterate(d, budget),
    values: (d) => d.entries().map(([, value]) => value),
    items: (d) => d.entries().map((pair) => new Tuple(pair)),
  },
);
const LIST = paying<PyValue[]>(
  { free: [], cheap: [] },
  {
    index(list, [item], budget) {
      const at = item === undefined ? -1 : list.findIndex((one) => equal(one, item, budget));
      if (at < 0) throw new TemplateFault(say("template.noSuchItem"));
      return BigInt(at);
    },
    count: (list, [item], budget) => BigInt(list.filter((one) => equal(one, item ?? null, budget)).length),
  },
);
const field =
  (read: (d: Date) => number): Method<DateTime> =>
  (d) =>
    BigInt(read(new Date(d.ms + d.offset * 60_000)));
const DATE = paying<DateTime>(
  { free: [], cheap: [] },
  {
    strftime: (d, [format]) => strftime(d, text(format, "format")),
    isoformat: (d, [separator]) => formatDate(d, separator === undefined ? "T" : text(separator, "between")),
    timestamp: (d) => d.ms / 1000,
    weekday: (d) => BigInt((new Date(d.ms + d.offset * 60_000).getUTCDay() + 6) % 7),
  },
);
const DATE_FIELDS: Record<string, Method<DateTime>> = {
  year: field((d) => d.getUTCFullYear()),
  month: field((d) => d.getUTCMonth() + 1),
  day: field((d) => d.getUTCDate()),
  hour: field((d) => d.getUTCHours()),
  minute: field((d) => d.getUTCMinutes()),
  second: field((d) => d.getUTCSeconds()),
};

const DELTA = paying<TimeDelta>({ free: [], cheap: [] }, { total_seconds: ({ us }) => us / 1e6 });
const DELTA_FIELDS: Record<string, (delta: TimeDelta) => PyValue> = {
  days: (delta) => BigInt(partsOf(delta).days),
  seconds: (delta) => BigInt(partsOf(delta).seconds),
  microseconds: (delta) => BigInt(partsOf(delta).microseconds),
};

/** The names of all methods, of any type. */
export const METHODS: readonly string[] = [
  ...new Set([STRING, DICT, LIST, DATE, DELTA].flatMap((table) => Object.keys(table))),
];

/** The method or field of a value; undefined if it has none of that name. No method changes its value. */
export function methodOf(of: PyValue, name: string): PyValue | undefined {
  const bound = <T extends PyValue>(table: Record<string, Method<T>>, self: T): Callable | undefined =>
    Object.hasOwn(table, name)
      ? new Callable(name, (args, _named, budget) => (table[name] as Method<T>)(self, args, budget))
      : undefined;
  if (typeof of === "string") return bound(STRING, of);
  if (of instanceof Dict) return bound(DICT, of);
  if (Array.isArray(of)) return bound(LIST, of);
  if (of instanceof DateTime) {
    if (Object.hasOwn(DATE_FIELDS, name)) return (DATE_FIELDS[name] as Method<DateTime>)(of, [], UNCOUNTED);
    return bound(DATE, of);
  }
  if (of instanceof TimeDelta) return Object.hasOwn(DELTA_FIELDS, name) ? DELTA_FIELDS[name]?.(of) : bound(DELTA, of);
  // Python's type `dict` is represented as a function, with `from_keys` as its only method.
  if (of instanceof Callable && of.name === "dict" && name === "from_keys")
    return new Callable("from_keys", ([pairs], _named, budget) => dictOf(pairs ?? null, budget));
  return undefined;
}

/** Builds a dict from pairs, as Python's `dict([...])` and Home Assistant's `dict.from_keys` do. */
export function dictOf(pairs: PyValue, budget: Budget): Dict {
  if (pairs instanceof Dict) {
    budget.spend(pairs.size);
    return Dict.of(pairs.entries(), budget);
  }
  return Dict.of(
    iterate(pairs, budget).map((pair) => {
      budget.spend(1);
      const [key, value] = iterate(pair, budget);
      if (key === undefined || value === undefined) throw new TemplateFault(say("template.dictPairs"));
      return [key, value] as const;
    }),
    budget,
  );
}
