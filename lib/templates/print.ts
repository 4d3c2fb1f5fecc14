import { say } from "../texts/said";
import type { Budget } from "./budget";
import { formatDate, formatDelta } from "./dates";
import {
  Callable,
  DateTime,
  Dict,
  Namespace,
  type PyValue,
  TemplateFault,
  TimeDelta,
  Tuple,
  Undefined,
} from "./values";

/** The text of a value as Python's `str()` writes it: True, None, 1.0, {'a': 1}. */
export function str(v: PyValue, budget: Budget): string {
  if (typeof v === "string") return v;
  if (v instanceof Undefined) return "";
  return repr(v, budget, 0);
}

/** Characters per step when quoting, which searches the text five times for characters to escape. */
const QUOTED_A_STEP = 8;

export function repr(v: PyValue, budget: Budget, depth = 0): string {
  budget.spend(1);
  if (depth > 64) throw new TemplateFault(say("template.nestedPrint"));
  if (v === null) return "None";
  if (typeof v === "boolean") return v ? "True" : "False";
  if (typeof v === "bigint") return v.toString();
  if (typeof v === "number") return floatText(v);
  if (typeof v === "string") {
    budget.spend(Math.ceil(v.length / QUOTED_A_STEP));
    budget.make(v.length);
    return quoted(v);
  }
  const items = (list: readonly PyValue[]): string => list.map((item) => repr(item, budget, depth + 1)).join(", ");
  if (Array.isArray(v)) return `[${items(v)}]`;
  if (v instanceof Tuple) return v.items.length === 1 ? `(${items(v.items)},)` : `(${items(v.items)})`;
  if (v instanceof Dict)
    return `{${v
      .entries()
      .map(([key, value]) => `${repr(key, budget, depth + 1)}: ${repr(value, budget, depth + 1)}`)
      .join(", ")}}`;
  if (v instanceof DateTime) return formatDate(v, " ");
  if (v instanceof TimeDelta) return formatDelta(v);
  if (v instanceof Undefined) return "Undefined";
  if (v instanceof Callable) throw new TemplateFault(say("template.isFunction", { name: v.name }));
  if (v instanceof Namespace) throw new TemplateFault(say("template.namespaceText"));
  return v satisfies never;
}

/** Python's repr of a float: with an exponent from 1e16 and below 1e-4, and with at least one digit after the point. */
export function floatText(n: number): string {
  if (Number.isNaN(n)) return "nan";
  if (!Number.isFinite(n)) return n > 0 ? "inf" : "-inf";
  if (Object.is(n, -0)) return "-0.0";
  const size = Math.abs(n);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [mantissa = "", exponent = "0"] = n.toExponential().split("e");
    const digits = exponent.replace(/^[+-]/, "").padStart(2, "0");
    return `${mantissa}e${exponent.startsWith("-") ? "-" : "+"}${digits}`;
  }
  const text = String(n);
  return text.includes(".") ? text : `${text}.0`;
}

function quoted(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = text
    .replace(/\\/g, "\\\\")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t")
    .replaceAll(mark, `\\${mark}`);
  return mark + inside + mark;
}

/** JSON text: `to_json` writes "compact" as orjson does, `tojson` writes "spaced" as Jinja does, with special HTML characters escaped. */
export function toJson(v: PyValue, budget: Budget, style: "compact" | "spaced", depth = 0): string {
  budget.spend(1);
  if (depth > 64) throw new TemplateFault(say("template.nestedJson"));
  const comma = style === "compact" ? "," : ", ";
  const colon = style === "compact" ? ":" : ": ";
  const inner = (x: PyValue): string => toJson(x, budget, style, depth + 1);
  if (v === null) return "null";
  if (typeof v === "boolean") return String(v);
  if (typeof v === "bigint") return v.toString();
  if (typeof v === "number") return Number.isFinite(v) ? floatText(v) : "null";
  if (typeof v === "string") {
    budget.spend(Math.ceil(v.length / QUOTED_A_STEP));
    budget.make(v.length);
    return jsonText(v, style);
  }
  if (Array.isArray(v)) return `[${v.map(inner).join(comma)}]`;
  if (v instanceof Tuple) return `[${v.items.map(inner).join(comma)}]`;
  if (v instanceof Dict)
    return `{${v
      .entries()
      .map(([key, value]) => {
        const name = str(key, budget);
        budget.spend(Math.ceil(name.length / QUOTED_A_STEP));
        budget.make(name.length);
        return jsonText(name, style) + colon + inner(value);
      })
      .join(comma)}}`;
  if (v instanceof DateTime) return JSON.stringify(formatDate(v, "T"));
  if (v instanceof Undefined) throw v.fault();
  throw new TemplateFault(say("template.noJson"));
}

const jsonText = (text: string, style: "compact" | "spaced"): string => {
  const json = JSON.stringify(text);
  if (style === "compact") return json;
  return json.replace(/[<>&'\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
};
