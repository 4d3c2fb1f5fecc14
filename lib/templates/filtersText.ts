import { say } from "../texts/said";
import type { Budget } from "./budget";
import type { Filter } from "./filters";
import { percentFormat } from "./format";
import { parsePyJson } from "./json";
import { capitalize, replaceText, title } from "./methods";
import { str, toJson } from "./print";
import { compileRegex, type Regex } from "./regex";
import { splitBy } from "./search";
import { Dict, iterate, type PyValue, TemplateFault, Tuple, truthy, typeName, Undefined } from "./values";

/** The cost of one match, which allocates closures and a list of groups. */
const MATCH_STEPS = 4;

const named = (args: PyValue[], by: ReadonlyMap<string, PyValue>, name: string, place: number): PyValue | undefined =>
  by.get(name) ?? (by.has(name) ? null : args[place]);

/** `name`: of the filter; without it, of a regular expression. */
function text(v: PyValue | undefined, name?: string): string {
  if (v instanceof Undefined) throw v.fault();
  if (typeof v !== "string")
    throw new TemplateFault(
      name === undefined
        ? say("template.regexNeedsText", { type: typeName(v ?? null) })
        : say("template.needsText", { name, type: typeName(v ?? null) }),
    );
  return v;
}

const printed =
  (change: (s: string) => string): Filter =>
  ([v], _named, { budget }) => {
    const s = str(v ?? null, budget);
    budget.make(s.length);
    return change(s);
  };

/** A cache of the last few compiled patterns: a template uses the same pattern for every message. */
const ready = new Map<string, Regex>();
function regexOf(pattern: PyValue | undefined, ignoreCase: PyValue | undefined, budget: Budget): Regex {
  const source = text(pattern);
  // Charged even if the pattern is in the cache, so that the result never depends on earlier renderings.
  budget.spend(2 * source.length);
  const fold = truthy(ignoreCase ?? false);
  const key = `${fold ? "i" : "c"}${source}`;
  const known = ready.get(key);
  if (known) return known;
  const made = compileRegex(source, fold);
  if (ready.size >= 100) ready.clear();
  ready.set(key, made);
  return made;
}

const group = (s: string, m: readonly number[], i: number): string =>
  (m[2 * i] as number) < 0 ? "" : s.slice(m[2 * i], m[2 * i + 1]);

/** Python's `re.findall`: for each match the whole match, its only group, or a tuple of its groups. */
const findAll: Filter = (args, by, { budget }) => {
  const s = text(args[0], "regex_findall");
  const regex = regexOf(named(args, by, "find", 1), named(args, by, "ignorecase", 2), budget);
  const found: PyValue[] = [];
  for (let from = 0; from <= s.length; ) {
    const m = regex.exec(s, from, budget);
    if (!m) break;
    budget.spend(MATCH_STEPS + regex.groups);
    budget.make(1 + (m[1] as number) - (m[0] as number));
    if (regex.groups === 0) found.push(group(s, m, 0));
    else if (regex.groups === 1) found.push(group(s, m, 1));
    else found.push(new Tuple(Array.from({ length: regex.groups }, (_, i) => group(s, m, i + 1))));
    from = (m[1] as number) > (m[0] as number) ? (m[1] as number) : (m[1] as number) + 1;
  }
  return found;
};

export const matches =
  (mode: "search" | "match") =>
  (args: PyValue[], by: ReadonlyMap<string, PyValue>, context: Parameters<Filter>[2]): boolean => {
    const { budget } = context;
    const s = text(args[0]);
    const regex = regexOf(named(args, by, "find", 1), named(args, by, "ignorecase", 2), budget);
    return regex.exec(s, 0, budget, mode) !== undefined;
  };

export const textFilters: Record<string, Filter> = {
  lower: printed((s) => s.toLowerCase()),
  upper: printed((s) => s.toUpperCase()),
  title: printed(title),
  capitalize: printed(capitalize),
  string: printed((s) => s),
  trim: printed((s) => s.trim()),
  safe: printed((s) => s),
  striptags: printed((s) =>
    s
      .replace(/<[^<>]*>/g, "")
      .replace(/\s+/g, " ")
      .trim(),
  ),
  slugify: printed((s) =>
    s
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_|_$/g, ""),
  ),
  urlencode: printed((s) => encodeURIComponent(s.toWellFormed()).replace(/%2F/g, "/")),
  wordcount: ([v], _named, { budget }) =>
    BigInt(
      str(v ?? null, budget)
        .split(/\s+/)
        .filter(Boolean).length,
    ),
  format: ([v, ...given], by, { budget }) =>
    percentFormat(str(v ?? null, budget), by.size ? Dict.of(by, budget) : new Tuple(given), budget),
  ordinal: printed((s) => s + (/1\d$/.test(s) ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[s.slice(-1)] ?? "th"))),
  replace(args, by, { budget }) {
    const s = str(args[0] ?? null, budget);
    const from = str(named(args, by, "old", 1) ?? null, budget);
    const to = str(named(args, by, "new", 2) ?? null, budget);
    const count = named(args, by, "count", 3);
    return replaceText(s, from, to, typeof count === "bigint" ? Number(count) : -1, budget);
  },
  /** `truncate(length=255, killwords=False, end="...", leeway=5)`. */
  truncate(args, by, { budget }) {
    const s = str(args[0] ?? null, budget);
    const whole = (v: PyValue | undefined, otherwise: number): number =>
      typeof v === "bigint" ? Number(v) : otherwise;
    const length = whole(named(args, by, "length", 1), 255);
    const kill = truthy(named(args, by, "killwords", 2) ?? false);
    const end = str(named(args, by, "end", 3) ?? "...", budget);
    const leeway = whole(named(args, by, "leeway", 4), 5);
    if (s.length <= length + leeway) return s;
    const cut = s.slice(0, Math.max(0, length - end.length));
    const space = cut.lastIndexOf(" ");
    return (kill || space < 0 ? cut : cut.slice(0, space)) + end;
  },
  to_json: ([v], _named, { budget }) => toJson(v ?? null, budget, "compact"),
  tojson: ([v], _named, { budget }) => toJson(v ?? null, budget, "spaced"),
  from_json(args, by, { budget }) {
    const s = text(args[0], "from_json");
    budget.make(s.length);
    // The rate is high because invalid JSON costs an exception, and each number, even of one digit, creates a value.
    budget.spend(20 + Math.ceil(s.length / 2));
    const parsed = parsePyJson(s);
    if (parsed !== undefined) return parsed;
    const given = named(args, by, "default", 1);
    if (given === undefined) throw new TemplateFault(say("template.fromJson"));
    return given;
  },
  join(args, by, { budget }) {
    const attribute = named(args, by, "attribute", 2);
    if (attribute !== undefined) throw new TemplateFault(say("template.joinAttribute"));
    const items = iterate(args[0] ?? null, budget);
    budget.spend(items.length);
    const parts = items.map((part) => str(part, budget));
    const mark = str(named(args, by, "d", 1) ?? "", budget);
    budget.make(parts.reduce((sum, part) => sum + part.length + mark.length, 0));
    return parts.join(mark);
  },
  split(args, by, { budget }) {
    const s = text(args[0], "split");
    budget.make(s.length);
    const mark = named(args, by, "sep", 1);
    return mark === undefined || mark === null ? s.trim().split(/\s+/) : splitText(s, text(mark, "split"));
  },
  regex_findall: findAll,
  regex_findall_index(args, by, context) {
    const index = named(args, by, "index", 2) ?? 0n;
    const found = iterate(findAll(args.slice(0, 2), by, context), context.budget)[Number(index)];
    if (found === undefined) throw new TemplateFault(say("template.nothingFound"));
    return found;
  },
  regex_replace(args, by, { budget }) {
    const s = text(args[0], "regex_replace");
    const regex = regexOf(named(args, by, "find", 1) ?? "", named(args, by, "ignorecase", 3), budget);
    const to = text(named(args, by, "replace", 2) ?? "", "regex_replace");
    let made = "";
    let at = 0;
    for (let from = 0; from <= s.length; ) {
      const m = regex.exec(s, from, budget);
      if (!m) break;
      budget.spend(MATCH_STEPS + Math.ceil(to.length / 4));
      const filled = to.replace(/\\(\d)/g, (_, i: string) => (Number(i) <= regex.groups ? group(s, m, Number(i)) : ""));
      made += s.slice(at, m[0]) + filled;
      budget.make(filled.length + 1);
      at = m[1] as number;
      from = at > (m[0] as number) ? at : at + 1;
    }
    return made + s.slice(at);
  },
  regex_match: matches("match"),
  regex_search: matches("search"),
  base64_decode: ([v]) => decodeBase64(text(v, "base64_decode")),
  base64_encode([v], _named, { budget }) {
    const bytes = new TextEncoder().encode(text(v, "base64_encode"));
    budget.make(2 * bytes.length);
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary);
  },
};

/** Splits a text; as in Python, an empty separator is a fault. */
function splitText(s: string, mark: string): string[] {
  if (mark === "") throw new TemplateFault(say("template.splitEmpty"));
  return splitBy(s, mark);
}

function decodeBase64(s: string): string {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(s) || s.length % 4 !== 0) throw new TemplateFault(say("template.notBase64"));
  const binary = atob(s);
  return new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0)));
}
