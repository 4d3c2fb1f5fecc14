import type { Value } from "../../reading";
import { err, ok, type Result } from "../../result";
import { finish, type Steps } from "../../steps";
import { asWording, inWords, type Said, say } from "../../texts/said";
import { asBigint, asBytes, asDouble, asFloat, asText, createWriter, type Field, readFields, WireFault } from "./wire";

/** A Sparkplug B payload (Eclipse Sparkplug 3.0 §6, sparkplug_b.proto). */
export interface Payload {
  /** Epoch ms. */
  timestamp: number | undefined;
  seq: number | undefined;
  metrics: readonly Metric[];
}

export interface Metric {
  name: string | undefined;
  alias: bigint | undefined;
  timestamp: number | undefined;
  datatype: number | undefined;
  historical: boolean;
  /** The encoded value. `readValue` needs the datatype for it, which data messages omit. */
  raw: Field | undefined;
  isNull: boolean;
  /** The scalars of the property set: engUnit, Quality, … */
  properties: ReadonlyMap<string, Value>;
  /** Members of a template instance. */
  members: readonly Metric[] | undefined;
  isDefinition: boolean;
}

/** Metrics in one payload, members of templates included: 256 KiB hold about 5,500 with a name, a time and a value each. */
const MAX_METRICS = 8000;
const MAX_PROPERTIES = 24_000;
const MAX_DEPTH = 8;

/** Never throws. */
export const decodePayload = (bytes: Uint8Array): Result<Payload> => finish(readPayload(bytes));

/** The same in steps. */
export function* readPayload(bytes: Uint8Array): Steps<Result<Payload>> {
  try {
    const payload: Payload & { metrics: Metric[] } = { timestamp: undefined, seq: undefined, metrics: [] };
    const remaining: Remaining = { metrics: MAX_METRICS, properties: MAX_PROPERTIES };
    for (const field of readFields(bytes)) {
      if (field.number === 1) payload.timestamp = Number(asBigint(field));
      else if (field.number === 3) payload.seq = Number(asBigint(field));
      else if (field.number === 2) {
        payload.metrics.push(metric(asBytes(field), 0, remaining));
        yield;
      }
    }
    return ok(payload);
  } catch (cause) {
    // not a text: for the log
    if (cause instanceof WireFault) return err(`the payload is not Sparkplug B: ${inWords(cause.why)}`);
    throw cause;
  }
}

/** How many more the payload may have. */
interface Remaining {
  metrics: number;
  properties: number;
}

function metric(bytes: Uint8Array, depth: number, remaining: Remaining): Metric {
  // not a text: for the log
  if (depth > MAX_DEPTH) throw new WireFault(asWording("templates are nested too deeply"));
  // not a text: for the log
  if (--remaining.metrics < 0) throw new WireFault(asWording("it has too many metrics"));
  const made: { -readonly [K in keyof Metric]: Metric[K] } = {
    name: undefined,
    alias: undefined,
    timestamp: undefined,
    datatype: undefined,
    historical: false,
    raw: undefined,
    isNull: false,
    properties: NO_PROPERTIES,
    members: undefined,
    isDefinition: false,
  };
  for (const field of readFields(bytes)) {
    if (field.number === 1) made.name = asText(field);
    else if (field.number === 2) made.alias = asBigint(field);
    else if (field.number === 3) made.timestamp = Number(asBigint(field));
    else if (field.number === 4) made.datatype = Number(asBigint(field));
    else if (field.number === 5) made.historical = asBigint(field) !== 0n;
    else if (field.number === 7) made.isNull = asBigint(field) !== 0n;
    else if (field.number === 9) made.properties = properties(asBytes(field), remaining);
    else if (field.number === 18) Object.assign(made, template(asBytes(field), depth, remaining));
    else if (field.number >= 10 && field.number <= 17) made.raw = field;
  }
  return made;
}

const NO_PROPERTIES: ReadonlyMap<string, Value> = new Map();

function template(bytes: Uint8Array, depth: number, remaining: Remaining): Pick<Metric, "members" | "isDefinition"> {
  const members: Metric[] = [];
  let isDefinition = false;
  for (const field of readFields(bytes)) {
    if (field.number === 2 && members.length < 1000) members.push(metric(asBytes(field), depth + 1, remaining));
    else if (field.number === 5) isDefinition = asBigint(field) !== 0n;
  }
  return { members, isDefinition };
}

/** Keys and values are two lists in the same order. */
function properties(bytes: Uint8Array, remaining: Remaining): Map<string, Value> {
  const keys: string[] = [];
  const values: Value[] = [];
  for (const field of readFields(bytes)) {
    if (keys.length > 200) break;
    // not a text: for the log
    if (--remaining.properties < 0) throw new WireFault(asWording("it has too many properties"));
    if (field.number === 1) keys.push(asText(field));
    else if (field.number === 2) values.push(property(asBytes(field)));
  }
  return new Map(keys.map((key, i) => [key, values[i] ?? null]));
}

/** PropertyValue: type 1, is_null 2, int 3, long 4, float 5, double 6, boolean 7, string 8. */
function property(bytes: Uint8Array): Value {
  let type: number | undefined;
  let raw: Field | undefined;
  for (const field of readFields(bytes)) {
    if (field.number === 1) type = Number(asBigint(field));
    else if (field.number >= 3 && field.number <= 8) raw = { ...field, number: field.number + 7 } as Field;
  }
  return raw ? valueOfRaw(raw, type) : null;
}

/** Names of the datatypes by their number. */
export const DATATYPES = [
  "Unknown",
  "Int8",
  "Int16",
  "Int32",
  "Int64",
  "UInt8",
  "UInt16",
  "UInt32",
  "UInt64",
  "Float",
  "Double",
  "Boolean",
  "String",
  "DateTime",
  "Text",
  "UUID",
  "DataSet",
  "Bytes",
  "File",
  "Template",
] as const;

const SIGNED_BITS: Readonly<Record<number, number>> = { 1: 8, 2: 16, 3: 32, 4: 64 };

/** The metric's value, read by its own datatype or by that of its birth. Null: unknown. Undefined: no value that a tile can show. */
export function readValue(m: Metric, datatype = m.datatype): Value | undefined {
  if (m.isNull) return null;
  if (!m.raw) return undefined;
  return valueOfRaw(m.raw, datatype);
}

function valueOfRaw(raw: Field, datatype: number | undefined): Value {
  if (raw.number === 10 || raw.number === 11) {
    // Signed values are sent as unsigned: an Int8 of -128 as 128, by some nodes as 2^32 - 128. The datatype says how to read them.
    const bits = datatype === undefined ? undefined : SIGNED_BITS[datatype];
    const value = bits === undefined ? asBigint(raw) : BigInt.asIntN(bits, asBigint(raw));
    if (datatype === 11) return value !== 0n;
    // As in all formats, an integer that a double cannot hold exactly becomes text.
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  }
  if (raw.number === 12) return finite(shortest(asFloat(raw)));
  if (raw.number === 13) return finite(asDouble(raw));
  if (raw.number === 14) return asBigint(raw) !== 0n;
  if (raw.number === 15) return asText(raw);
  // A reading is stored as it is made, for readers of all languages: the unit by its symbol.
  return `${asBytes(raw).length} B`;
}

const finite = (n: number): number | null => (Number.isFinite(n) ? n : null);
/** A float32 rounded to its seven significant digits: 1.23, not 1.2300000190734863. */
const shortest = (n: number): number => (Number.isFinite(n) ? Number(n.toPrecision(7)) : n);

/** A command for one metric. It carries name and alias, since nodes differ in which of them they use. */
export interface MetricCommand {
  name: string;
  alias: bigint | undefined;
  datatype: number;
  value: Exclude<Value, null>;
  /** Epoch ms. */
  at: number;
}

export function encodeCommand({ name, alias, datatype, value, at }: MetricCommand): Result<Uint8Array, Said> {
  const metricBytes = createWriter().text(1, name);
  if (alias !== undefined) metricBytes.varint(2, alias);
  metricBytes.varint(3, BigInt(at)).varint(4, BigInt(datatype));
  const type = DATATYPES[datatype] ?? String(datatype);
  const bits = SIGNED_BITS[datatype];
  if (datatype >= 1 && datatype <= 8) {
    const whole = typeof value === "boolean" || !/^-?\d+$/.test(String(value)) ? undefined : BigInt(value);
    if (whole === undefined) return err(say("commands.sparkplugWhole", { type }));
    const width = bits ?? { 5: 8, 6: 16, 7: 32, 8: 64 }[datatype] ?? 64;
    const fits = bits === undefined ? BigInt.asUintN(width, whole) === whole : BigInt.asIntN(width, whole) === whole;
    if (!fits) return err(say("commands.sparkplugFit", { value: String(value), type }));
    metricBytes.varint(width === 64 ? 11 : 10, BigInt.asUintN(width === 64 ? 64 : 32, whole));
  } else if (datatype === 9 || datatype === 10) {
    const number = Number(value);
    if (typeof value === "boolean" || !Number.isFinite(number)) return err(say("commands.sparkplugNumber", { type }));
    if (datatype === 9) metricBytes.float(12, number);
    else metricBytes.double(13, number);
  } else if (datatype === 11) {
    if (typeof value !== "boolean") return err(say("commands.sparkplugBoolean"));
    metricBytes.varint(14, value ? 1n : 0n);
  } else if (datatype === 12 || datatype === 14 || datatype === 15) metricBytes.text(15, String(value));
  else if (datatype === 13 && Number.isSafeInteger(value)) metricBytes.varint(11, BigInt(value as number));
  else return err(say("commands.sparkplugFixed", { type }));
  return ok(createWriter().varint(1, BigInt(at)).bytes(2, metricBytes.finish()).finish());
}
