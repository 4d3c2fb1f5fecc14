import { say } from "../texts/said";
import { charged } from "./charge";
import type { Context } from "./context";
import { filters } from "./filters";
import { momentOf } from "./filtersDate";
import { zip } from "./filtersList";
import { dictOf } from "./methods";
import { toFloat } from "./numbers";
import { str } from "./print";
import { asNumber, Callable, DateTime, Namespace, type PyValue, TemplateFault, TimeDelta } from "./values";

const SPANS: readonly (readonly [name: string, microseconds: number])[] = [
  ["days", 86_400e6],
  ["seconds", 1e6],
  ["microseconds", 1],
  ["milliseconds", 1000],
  ["minutes", 60e6],
  ["hours", 3600e6],
  ["weeks", 604_800e6],
];

type Global = (args: PyValue[], named: ReadonlyMap<string, PyValue>, context: Context) => PyValue;

/** The filters that Home Assistant also provides as functions. */
const ALSO_FILTERS = (
  "float int bool round iif max min sum average as_timestamp as_datetime as_local strptime is_number sqrt sin cos tan log " +
  "slugify combine contains multiply add bitwise_and bitwise_or"
).split(" ");

const own: Record<string, Global> = charged<Parameters<Global>, PyValue>(
  {
    now: (_args, _named, context) => new DateTime(context.now, context.offset),
    utcnow: (_args, _named, context) => new DateTime(context.now, 0),
    today_at(args, _named, context) {
      const m = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(typeof args[0] === "string" ? args[0] : "00:00");
      if (!m) throw new TemplateFault(say("template.todayAt"));
      const shifted = context.now + context.offset * 60_000;
      const midnight = shifted - (((shifted % 86_400_000) + 86_400_000) % 86_400_000);
      const at = midnight + Number(m[1]) * 3_600_000 + Number(m[2]) * 60_000 + Number(m[3] ?? 0) * 1000;
      return new DateTime(at - context.offset * 60_000, context.offset);
    },
    /** Python's order of the arguments: days, seconds, microseconds, milliseconds, minutes, hours, weeks. */
    timedelta: (args, named) =>
      new TimeDelta(
        SPANS.reduce((sum, [name, us], i) => {
          const given = args[i] ?? named.get(name);
          if (given === undefined) return sum;
          const count = asNumber(given);
          if (count === undefined) throw new TemplateFault(say("template.notTime"));
          return sum + Number(count) * us;
        }, 0),
      ),
    timestamp: (args, _named, context) => {
      const moment = momentOf(args[0], context);
      if (!moment) throw new TemplateFault(say("template.notTime"));
      return moment.ms / 1000;
    },
    namespace(args, named, context) {
      const space = new Namespace();
      for (const [key, value] of args[0] === undefined ? [] : dictOf(args[0], context.budget).entries())
        space.members.set(str(key, context.budget), value);
      for (const [key, value] of named) space.members.set(key, value);
      return space;
    },
    dict(args, named, context) {
      const dict = dictOf(args[0] ?? [], context.budget);
      for (const [key, value] of named) dict.set(key, value, context.budget);
      return dict;
    },
    range(args, _named, context) {
      const [a, b, c] = args.map((arg) => {
        if (typeof arg !== "bigint") throw new TemplateFault(say("template.rangeWhole"));
        return Number(arg);
      });
      const [from, to, step] = b === undefined ? [0, a ?? 0, 1] : [a ?? 0, b, c ?? 1];
      if (step === 0) throw new TemplateFault(say("template.rangeZero"));
      const length = Math.max(0, Math.ceil((to - from) / step));
      context.budget.spend(length);
      context.budget.make(length);
      return Array.from({ length }, (_, i) => BigInt(from + i * step));
    },
    zip: (args, _named, context) => zip(args, context),
    typeof: ([v]) => typeof v,
    is_defined: (args, _named, context) => context.applyTest("defined", args),
    abs: (args, named, context) => context.applyFilter("abs", args, named),
    isnan: ([v]) => Number.isNaN(toFloat(v ?? null) ?? 0),
  },
  { free: "now utcnow range zip typeof is_defined abs".split(" "), cheap: [] },
  (args, named, { budget }) => ({ budget, given: [...args, ...named.values()] }),
);

export const FUNCTIONS: readonly string[] = Object.keys(own);

/** The global names that every template can use in addition to its variables. */
export function globalsFor(context: Context): (name: string) => PyValue | undefined {
  return (name) => {
    const global: Global | undefined = Object.hasOwn(own, name)
      ? own[name]
      : ALSO_FILTERS.includes(name)
        ? filters.get(name)
        : undefined;
    if (global) return new Callable(name, (args, named) => global(args, named, context));
    return name === "pi" ? Math.PI : name === "e" ? Math.E : undefined;
  };
}
