import { say } from "../texts/said";
import { asNumber, type PyValue, TemplateFault, Undefined } from "./values";

const FLOAT = /^[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NOT_FINITE: Record<string, number> = { inf: Infinity, infinity: Infinity, nan: Number.NaN };

/** Python's `float(x)`; undefined if Python would raise ValueError or TypeError. */
export function toFloat(v: PyValue): number | undefined {
  if (v instanceof Undefined) throw v.fault();
  const number = asNumber(v);
  if (number !== undefined) return Number(number);
  if (typeof v !== "string" || v.length > 400) return undefined;
  const text = v.trim();
  if (FLOAT.test(text)) return Number(text.replaceAll("_", ""));
  const word = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  return word ? (NOT_FINITE[(word[2] ?? "").toLowerCase()] as number) * (word[1] === "-" ? -1 : 1) : undefined;
}

/** Python's `int(x, base)`: truncates a number, and refuses a text with a fraction. */
export function toInt(v: PyValue, base = 10): bigint | undefined {
  if (v instanceof Undefined) throw v.fault();
  if (typeof v === "number") return Number.isFinite(v) ? BigInt(Math.trunc(v)) : undefined;
  const number = asNumber(v);
  if (number !== undefined) return BigInt(number);
  if (typeof v !== "string" || v.length > 400) return undefined;
  const m = /^([+-]?)(?:0[xX](?=[0-9a-fA-F])|0[bB](?=[01])|0[oO](?=[0-7]))?([0-9a-zA-Z_]+)$/.exec(v.trim());
  if (!m) return undefined;
  const prefix = /^[+-]?0[xX]/.test(v.trim())
    ? 16
    : /^[+-]?0[bB]/.test(v.trim())
      ? 2
      : /^[+-]?0[oO]/.test(v.trim())
        ? 8
        : 0;
  if (prefix !== 0 && base !== prefix && base !== 0) return undefined;
  const radix = base === 0 ? prefix || 10 : base;
  let sum = 0n;
  for (const char of (m[2] ?? "").replaceAll("_", "")) {
    const digit = Number.parseInt(char, 36);
    if (Number.isNaN(digit) || digit >= radix) return undefined;
    sum = sum * BigInt(radix) + BigInt(digit);
  }
  return m[1] === "-" ? -sum : sum;
}

/**
 * Python's `round(x, n)`: rounds the exact binary value, and an exact tie to the even digit. So 12.915, whose binary value is slightly
 * less, gives 12.91, and 2.5 gives 2. `toFixed` also uses the exact value, but rounds ties up.
 */
export function roundHalfEven(x: number, digits: number): number {
  if (!Number.isFinite(x) || Math.abs(x) >= 1e21) return x;
  if (digits > 90) return x;
  if (digits < 0) {
    const scale = 10 ** Math.min(-digits, 22);
    return roundHalfEven(x / scale, 0) * scale;
  }
  const size = Math.abs(x);
  const fixed = size.toFixed(digits);
  const exact = size.toFixed(100);
  const point = exact.indexOf(".");
  const behind = exact.slice(point + 1);
  let rounded = Number(fixed);
  if (behind[digits] === "5" && /^0*$/.test(behind.slice(digits + 1))) {
    const kept = exact.slice(0, point + 1 + digits);
    const last = kept.endsWith(".") ? kept[kept.length - 2] : kept[kept.length - 1];
    if (Number(last) % 2 === 0) rounded = Number(kept);
  }
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}

/** The value as a number for arithmetic; throws a fault where Python would raise an error. */
export function operand(v: PyValue, sign: string): bigint | number {
  if (v instanceof Undefined) throw v.fault();
  const number = asNumber(v);
  if (number === undefined) throw new TemplateFault(say("template.needsNumbers", { sign }));
  return number;
}

const BITS = 512;
export function bounded(n: bigint): bigint {
  if (n > 1n << BigInt(BITS) || n < -(1n << BigInt(BITS))) throw new TemplateFault(say("template.numberTooLarge"));
  return n;
}

export function power(a: bigint | number, b: bigint | number): bigint | number {
  if (typeof a === "bigint" && typeof b === "bigint" && b >= 0n) {
    const bits = BigInt(a.toString(2).length) * b;
    if (bits > BigInt(BITS)) throw new TemplateFault(say("template.numberTooLarge"));
    return a ** b;
  }
  const made = Number(a) ** Number(b);
  if (Number.isNaN(made)) throw new TemplateFault(say("template.powerNotReal"));
  return made;
}

export function floorDivide(a: bigint | number, b: bigint | number): bigint | number {
  if (Number(b) === 0) throw new TemplateFault(say("template.divisionByZero"));
  if (typeof a === "bigint" && typeof b === "bigint") return (a - modulo(a, b as bigint)) / b;
  return Math.floor(Number(a) / Number(b));
}

/** The remainder with the sign of the divisor, as in Python. */
export function modulo<T extends bigint | number>(a: T, b: T): T {
  if (Number(b) === 0) throw new TemplateFault(say("template.divisionByZero"));
  const rest = (a as bigint) % (b as bigint);
  // biome-ignore lint/suspicious/noDoubleEquals: compares with 0 and 0n.
  return (rest != (0 as unknown as bigint) && rest < 0 !== (b as bigint) < 0 ? rest + (b as bigint) : rest) as T;
}
