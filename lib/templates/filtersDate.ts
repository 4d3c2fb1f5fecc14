import { say } from "../texts/said";
import type { Context } from "./context";
import { formatDate, parseDate, strftime, strptime } from "./dates";
import type { Filter } from "./filters";
import { toFloat } from "./numbers";
import { DateTime, type PyValue, TemplateFault, Undefined } from "./values";

/** Converts a moment, a number of seconds or an ISO text to a moment; undefined if the value is none of them. */
export function momentOf(v: PyValue | undefined, context: Context): DateTime | undefined {
  if (v instanceof Undefined) throw v.fault();
  if (v instanceof DateTime) return v;
  if (typeof v === "string") {
    const parsed = parseDate(v, context.offset);
    if (parsed) return parsed;
  }
  const seconds = toFloat(v ?? null);
  return seconds === undefined || !(Math.abs(seconds) < 1e12)
    ? undefined
    : new DateTime(Math.round(seconds * 1e6) / 1e3, 0);
}

function given(args: PyValue[], named: ReadonlyMap<string, PyValue>, place: number, name: string): PyValue {
  const otherwise = named.has("default") ? (named.get("default") as PyValue) : args[place];
  if (otherwise === undefined) throw new TemplateFault(say("template.noTime", { name }));
  return otherwise;
}

function formatOf(v: PyValue | undefined): string {
  if (v === undefined) return "%Y-%m-%d %H:%M:%S";
  if (typeof v !== "string") throw new TemplateFault(say("template.timeFormat"));
  return v;
}

const local = (d: DateTime, context: Context): DateTime => new DateTime(d.ms, context.offset);

/** Makes a filter that accepts only a timestamp in seconds, as Home Assistant's `timestamp_*` filters do. */
const stamped =
  (what: string, place: number, show: (d: DateTime, args: PyValue[], context: Context) => string): Filter =>
  (args, named, context) => {
    const seconds = toFloat(args[0] ?? null);
    if (seconds === undefined || !(Math.abs(seconds) < 1e12)) return given(args, named, place, what);
    return show(new DateTime(Math.round(seconds * 1000), 0), args, context);
  };

const asTimestamp: Filter = (args, named, context) => {
  const moment = momentOf(args[0], context);
  return moment ? moment.ms / 1000 : given(args, named, 1, "as_timestamp");
};
const asDatetime: Filter = (args, named, context) => {
  const moment = momentOf(args[0], context);
  if (moment) return moment;
  return named.has("default") || args.length > 1 ? given(args, named, 1, "as_datetime") : null;
};
const parseTime: Filter = (args, named, context) => {
  const [text, format] = args;
  const parsed =
    typeof text === "string" && typeof format === "string" ? strptime(text, format, context.offset) : undefined;
  return parsed ?? given(args, named, 2, "strptime");
};

export const dateFilters: Record<string, Filter> = {
  as_timestamp: asTimestamp,
  as_datetime: asDatetime,
  as_local(args, _named, context) {
    const moment = momentOf(args[0], context);
    if (!moment) throw new TemplateFault(say("template.asLocal"));
    return local(moment, context);
  },
  timestamp_local: stamped("timestamp_local", 1, (d, _args, context) => formatDate(local(d, context), "T")),
  timestamp_utc: stamped("timestamp_utc", 1, (d) => formatDate(d, "T")),
  timestamp_custom: stamped("timestamp_custom", 3, (d, args, context) =>
    strftime(args[2] === false ? d : local(d, context), formatOf(args[1])),
  ),
  strptime: parseTime,
};
