import { say } from "../../texts/said";
import { checkDepth, exact, FormatFault, finite, hex, isoOf, putMember, single, utf8Text } from "../binary";
import type { Json } from "../decoder";
import { asBigint, asBytes, asDouble, asFloat, type Field, readFields, WireFault } from "../sparkplug/wire";
import type { EnumShape, FieldShape, MessageShape, ScalarType } from "./schema";

/** More than any device sends. Defaults of absent fields count too: a message of two bytes may have a hundred. */
const MAX_VALUES = 50_000;

/** How many more values the payload may have. */
interface Remaining {
  values: number;
}

function count(remaining: Remaining): void {
  if (--remaining.values < 0) throw new FormatFault(say("reject.tooManyValues", { most: MAX_VALUES }), "too-large");
}

/** One message as an object. Throws FormatFault only. */
export const readRoot = (shape: MessageShape, bytes: Uint8Array): Json =>
  readMessage(shape, bytes, 0, { values: MAX_VALUES });

function readMessage(shape: MessageShape, bytes: Uint8Array, depth: number, remaining: Remaining): Json {
  checkDepth(depth);
  const made: { [key: string]: Json } = {};
  let known = 0;
  try {
    for (const part of readFields(bytes)) {
      count(remaining);
      const field = shape.fields.get(part.number);
      if (!field) continue;
      known++;
      if (field.key !== undefined) readEntry(field, part, made, depth, remaining);
      else if (field.repeated) readRepeated(field, part, made, depth, remaining);
      else putMember(made, field.name, readOne(field, part, depth, remaining));
    }
  } catch (cause) {
    if (!(cause instanceof WireFault)) throw cause;
    throw new FormatFault(cause.why);
  }
  // Random bytes often parse as unknown fields. Without one known field, all values would be invented zeros.
  if (known === 0 && bytes.length > 0) throw new FormatFault(say("reject.protoNoField", { message: shape.name }));
  for (const field of shape.fields.values()) {
    if (!field.implicit || Object.hasOwn(made, field.name)) continue;
    count(remaining);
    putMember(made, field.name, zeroOf(field));
  }
  return shape.name === "google.protobuf.Timestamp"
    ? isoOf(Number(made.seconds ?? 0) + Number(made.nanos ?? 0) / 1e9)
    : made;
}

function readOne(field: FieldShape, part: Field, depth: number, remaining: Remaining): Json {
  const { kind } = field;
  if (typeof kind === "function") return readMessage(kind(), lengthDelimited(field, part), depth + 1, remaining);
  return readScalar(kind, part, field);
}

/** Reads one field of the payload into the object. */
type MemberReader = (
  field: FieldShape,
  part: Field,
  made: { [key: string]: Json },
  depth: number,
  remaining: Remaining,
) => void;

/** Packed or one by one: readers must accept both, whatever the .proto says. */
const readRepeated: MemberReader = (field, part, made, depth, remaining) => {
  const { kind } = field;
  const list = ownList(made, field.name);
  const wire = typeof kind === "string" ? WIRE[kind] : 0;
  if (typeof kind === "function" || part.wire !== 2 || wire === 2) {
    list.push(readOne(field, part, depth, remaining));
    return;
  }
  for (const value of packed(asBytes(part), wire)) {
    count(remaining);
    list.push(readScalar(kind, { ...part, wire, value }, field));
  }
};

function ownList(made: { [key: string]: Json }, name: string): Json[] {
  const there = Object.hasOwn(made, name) ? made[name] : undefined;
  if (Array.isArray(there)) return there;
  const list: Json[] = [];
  putMember(made, name, list);
  return list;
}

/** The numbers of a packed list, which have no keys between them. */
function* packed(bytes: Uint8Array, wire: 0 | 1 | 2 | 5): IterableIterator<Field["value"]> {
  const size = wire === 1 ? 8 : wire === 5 ? 4 : 0;
  if (size > 0) {
    if (bytes.length % size) throw new FormatFault(say("reject.protoPackedCut"));
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    return;
  }
  let value = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    if (shift >= 70n) throw new FormatFault(say("reject.wireNumberTooLong"));
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte >= 0x80) continue;
    yield BigInt.asUintN(64, value);
    value = 0n;
    shift = 0n;
  }
  if (shift > 0n) throw new FormatFault(say("reject.protoPackedCut"));
}

/** An entry of a map is a message with a key (1) and a value (2); each has its default where it is absent. */
const readEntry: MemberReader = (field, part, made, depth, remaining) => {
  const keyField: FieldShape = { ...field, kind: field.key as ScalarType, key: undefined };
  let key: Json = zeroOf(keyField);
  let value: Json = typeof field.kind === "function" ? {} : zeroOf(field);
  for (const inner of readFields(lengthDelimited(field, part))) {
    count(remaining);
    if (inner.number === 1) key = readOne(keyField, inner, depth + 1, remaining);
    if (inner.number === 2) value = readOne(field, inner, depth + 1, remaining);
  }
  if (!Object.hasOwn(made, field.name)) putMember(made, field.name, {});
  putMember(made[field.name] as { [key: string]: Json }, String(key), value);
};

function lengthDelimited(field: FieldShape, part: Field): Uint8Array {
  if (part.wire !== 2) throw mismatch(field);
  return asBytes(part);
}

const mismatch = (field: FieldShape): FormatFault =>
  new FormatFault(say("reject.protoOtherType", { field: field.name }));

const WIRE: Record<ScalarType, 0 | 1 | 2 | 5> = {
  double: 1,
  float: 5,
  int32: 0,
  uint32: 0,
  sint32: 0,
  fixed32: 5,
  sfixed32: 5,
  int64: 0,
  uint64: 0,
  sint64: 0,
  fixed64: 1,
  sfixed64: 1,
  bool: 0,
  string: 2,
  bytes: 2,
};

function readScalar(kind: ScalarType | EnumShape, part: Field, field: FieldShape): Json {
  if (typeof kind !== "string") {
    if (part.wire !== 0) throw mismatch(field);
    const number = Number(BigInt.asIntN(32, asBigint(part)));
    return kind.names.get(number) ?? number;
  }
  if (part.wire !== WIRE[kind]) throw mismatch(field);
  return SCALAR[kind](part);
}

const zigzag = (value: bigint): bigint => (value >> 1n) ^ -(value & 1n);
const fixed = (part: Field): bigint => {
  let value = 0n;
  for (const byte of asBytes(part).toReversed()) value = (value << 8n) | BigInt(byte);
  return value;
};

const SCALAR: Record<ScalarType, (part: Field) => Json> = {
  double: (part) => finite(asDouble(part)),
  float: (part) => single(asFloat(part)),
  int32: (part) => exact(BigInt.asIntN(32, asBigint(part))),
  uint32: (part) => exact(BigInt.asUintN(32, asBigint(part))),
  sint32: (part) => exact(BigInt.asIntN(32, zigzag(asBigint(part)))),
  fixed32: (part) => exact(fixed(part)),
  sfixed32: (part) => exact(BigInt.asIntN(32, fixed(part))),
  int64: (part) => exact(BigInt.asIntN(64, asBigint(part))),
  uint64: (part) => exact(asBigint(part)),
  sint64: (part) => exact(zigzag(asBigint(part))),
  fixed64: (part) => exact(fixed(part)),
  sfixed64: (part) => exact(BigInt.asIntN(64, fixed(part))),
  bool: (part) => asBigint(part) !== 0n,
  string: (part) => utf8Text(asBytes(part)),
  bytes: (part) => hex(asBytes(part)),
};

function zeroOf({ kind }: FieldShape): Json {
  if (typeof kind === "function") return null;
  if (typeof kind !== "string") return kind.first;
  return kind === "string" || kind === "bytes" ? "" : kind === "bool" ? false : 0;
}
