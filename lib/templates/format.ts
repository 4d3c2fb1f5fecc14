import { say } from "../texts/said";
import type { Budget } from "./budget";
import { roundHalfEven } from "./numbers";
import { floatText, repr, str } from "./print";
import { asNumber, Dict, type PyValue, TemplateFault, Tuple, typeName } from "./values";

const DIRECTIVE = /%(?:\(([^()]*)\))?([-+ 0#]*)(\d{0,3})(?:\.(\d{0,2}))?([diufFeEgGxXosr%])|%/g;

/** Python's `"%.1f" % value` and the filter `format`, with named and positional values. Very large widths are refused. */
export function percentFormat(format: string, given: PyValue, budget: Budget): string {
  const inTurn = given instanceof Tuple ? given.items : [given];
  let next = 0;
  const made = format.replace(DIRECTIVE, (whole, name: string | undefined, flags, width, digits, kind) => {
    budget.spend(4);
    if (whole === "%") throw new TemplateFault(say("template.formatIncomplete"));
    if (kind === "%") return "%";
    if (name === undefined && next >= inTurn.length) throw new TemplateFault(say("template.formatTooFew"));
    const value = name === undefined ? inTurn[next++] : given instanceof Dict ? given.get(name, budget) : undefined;
    if (value === undefined) throw new TemplateFault(say("template.formatNoName", { name: String(name).slice(0, 60) }));
    const text = one(value, kind as string, digits as string | undefined, budget);
    const signed = /[sr]/.test(kind as string) || text.startsWith("-") ? text : sign(flags as string) + text;
    const wide = padded(signed, flags as string, Number(width || 0), /[sr]/.test(kind as string));
    budget.make(wide.length);
    return wide;
  });
  if (next < inTurn.length && !(given instanceof Dict) && (given instanceof Tuple || next === 0))
    throw new TemplateFault(say("template.formatUnused"));
  return made;
}

const sign = (flags: string): string => (flags.includes("+") ? "+" : flags.includes(" ") ? " " : "");

function padded(text: string, flags: string, width: number, isText: boolean): string {
  if (flags.includes("-")) return text.padEnd(width);
  if (!flags.includes("0") || isText) return text.padStart(width);
  const [, lead = "", rest = ""] = /^([+\- ]?)(.*)$/s.exec(text) ?? [];
  return lead + rest.padStart(width - lead.length, "0");
}

function one(value: PyValue, kind: string, digits: string | undefined, budget: Budget): string {
  if (kind === "s" || kind === "r") {
    const text = kind === "s" ? str(value, budget) : repr(value, budget);
    return digits === undefined ? text : text.slice(0, Number(digits));
  }
  const number = asNumber(value);
  if (number === undefined) throw new TemplateFault(say("template.percentNumber", { kind, type: typeName(value) }));
  if (/[diu]/.test(kind)) return whole(number).toString();
  if (/[xXo]/.test(kind)) {
    if (typeof number !== "bigint") throw new TemplateFault(say("template.percentWhole", { kind }));
    const text = number.toString(kind === "o" ? 8 : 16);
    return kind === "X" ? text.toUpperCase() : text;
  }
  const x = Number(number);
  if (!Number.isFinite(x)) return floatText(x);
  const places = digits === undefined ? 6 : Number(digits);
  if (/[fF]/.test(kind))
    return Math.abs(x) < 1e21 ? roundHalfEven(x, places).toFixed(places) : whole(number).toString();
  const short = /[eE]/.test(kind) ? exponent(x.toExponential(places)) : general(x, places || 1);
  return kind === kind.toUpperCase() ? short.toUpperCase() : short;
}

const whole = (n: bigint | number): bigint => {
  if (typeof n === "number" && !Number.isFinite(n)) throw new TemplateFault(say("template.notFinite"));
  return BigInt(typeof n === "number" ? Math.trunc(n) : n);
};

/** Python writes an exponent with at least two digits. */
const exponent = (text: string): string => text.replace(/e([+-])(\d)$/, "e$10$2");

function general(x: number, digits: number): string {
  const scientific = x.toExponential(digits - 1);
  const power = Number(scientific.split("e")[1]);
  const text = power < -4 || power >= digits ? scientific : x.toFixed(Math.max(0, digits - 1 - power));
  return exponent(text.replace(/(\.\d*?)0+(?=e|$)/, "$1").replace(/\.(?=e|$)/, ""));
}
